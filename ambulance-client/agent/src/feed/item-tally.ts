import type { Agent, AgentStatus, Capture } from '../agent-types.ts';
import { journalLanes, perLane, type JournalLane, type Log } from '../ports.ts';

/** Of one lane: what this run made of it, and what the journal still holds for later. */
export interface LaneTally {
  readonly captured: number;
  /** Receipted by the server as stored, of this run and of what waited before it. */
  readonly stored: number;
  readonly refused: number;
  readonly shed: number;
  readonly waitingBefore: number;
  readonly waiting: number;
}
export type ItemTally = Readonly<Record<JournalLane, LaneTally>>;

/** Counts items on their way into an agent. */
export class ItemCounter {
  readonly #captured = perLane(() => 0);
  readonly #shed = perLane(() => 0);
  #before: AgentStatus | null = null;

  /** Sees which items the agent sheds: it logs each gap it declares. */
  listening(log: Log): Log {
    return {
      ...log,
      error: (code, fields) => {
        const lane = journalLanes.find((name) => name === fields?.['lane']);
        if (code === 'journal.gap-declared' && lane) this.#shed[lane] += Number(fields?.['count'] ?? 0);
        log.error(code, fields);
      },
    };
  }

  /** The agent, with what is given to it counted. */
  counting(agent: Agent): Agent {
    this.#before = agent.status();
    const event = <T>(recorded: T): T => {
      if (recorded !== null) this.#captured.evt += 1;
      return recorded;
    };
    return {
      ...agent,
      capture: (samples: readonly Capture[]) => {
        agent.capture(samples);
        for (const { lane } of samples) this.#captured[lane] += 1;
      },
      addMedia: (input) => {
        const before = agent.status().waiting.med;
        const sha256 = agent.addMedia(input);
        this.#captured.med += Math.max(0, agent.status().waiting.med - before);
        return sha256;
      },
      openCase: (input) => event(agent.openCase(input)),
      recordEvent: (caseId, input) => event(agent.recordEvent(caseId, input)),
      requestPreAlert: (caseId, input) => event(agent.requestPreAlert(caseId, input)),
      pressVehicleState: (caseId, input) => event(agent.pressVehicleState(caseId, input)),
    };
  }

  tally(now: AgentStatus): ItemTally {
    return perLane((lane) => {
      const captured = this.#captured[lane];
      const shed = this.#shed[lane];
      const waitingBefore = this.#before?.waiting[lane] ?? 0;
      const waiting = now.waiting[lane];
      const refused = Math.max(0, now.refused[lane].length - (this.#before?.refused[lane].length ?? 0));
      const stored = Math.max(0, waitingBefore + captured - waiting - refused - shed);
      return { captured, stored, refused, shed, waitingBefore, waiting };
    });
  }
}

const laneWords: Record<JournalLane, string> = {
  evt: '事件/events',
  vit: '体征/vitals',
  pos: '位置/positions',
  wav: '波形/waveforms',
  med: '图文/media',
};

/** One line for people: of each lane in use what was captured, stored and waits. */
export function tallyLine(tally: ItemTally): string {
  const parts = journalLanes.flatMap((lane) => {
    const { captured, stored, refused, shed, waiting, waitingBefore } = tally[lane];
    const all = captured + waitingBefore;
    if (all === 0) return [];
    const rest = [
      refused > 0 ? ` 拒收/refused ${refused}` : '',
      shed > 0 ? ` 舍弃/shed ${shed}` : '',
      waiting > 0 ? ` 待回执/waiting ${waiting}` : '',
    ];
    return [`${laneWords[lane]} ${stored}/${all}${rest.join('')}`];
  });
  return parts.length === 0 ? '—' : parts.join(' · ');
}
