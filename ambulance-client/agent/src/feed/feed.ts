import type { CaseId } from '@pentad/protocol/ids';
import type { Agent } from '../agent-types.ts';
import type { Clock, Timers } from '../ports.ts';

/** What is told to whoever runs the feed, in both languages. Names of files, signals and counts; never what was measured. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}
export type Say = (line: Said) => void;

/** To which case and seat a reading belongs; nulls: to the vehicle alone. */
export interface Bound {
  readonly caseId: CaseId | null;
  readonly patientSlot: number | null;
}
export const onNoCase: Bound = { caseId: null, patientSlot: null };

export interface FeedPorts {
  readonly agent: Pick<Agent, 'capture'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly say: Say;
}

/** One source while it plays. `done` resolves when a recording has ended; a receiver or monitor has no end. */
export interface Feed {
  readonly done: Promise<void>;
  stop(): Promise<void>;
}
