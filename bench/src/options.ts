import { parseArgs } from 'node:util';

/** Pipelines beside each other (issue 1), and what stands under load or grows (issue 3). */
const comparisons = ['G1', 'G2', 'G3', 'G4'] as const;
const loads = ['ECG', 'G10', 'G11', 'G12', 'G13', 'G14'] as const;
export type FigureId = (typeof comparisons)[number] | (typeof loads)[number];
const figures: readonly string[] = [...comparisons, ...loads];

export interface Options {
  readonly isJson: boolean;
  readonly rounds: number;
  readonly liveRounds: number;
  readonly messages: number;
  /** A pipeline or a stand no wanted figure needs is not run. */
  readonly wanted: readonly string[];
  /** Of rows, vehicles and times of ECG and G10 to G14; a figure says something at 1 only. */
  readonly scale: number;
  /** The bundle of another checkout's server, run beside ours in the same rounds. */
  readonly against: string | null;
  readonly profileDir: string | null;
}

/** @throws TypeError on an unknown option */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      messages: { type: 'string', default: '60000' },
      only: { type: 'string', default: comparisons.join() },
      scale: { type: 'string', default: '1' },
      against: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const wanted = values.only.split(',');
  const unknown = wanted.find((id) => !figures.includes(id));
  if (unknown !== undefined) throw new TypeError(`--only ${unknown}: there are ${figures.join(', ')}`);
  const rounds = Number(values.rounds);
  const scale = Number(values.scale);
  if (!(scale > 0 && scale <= 1)) throw new TypeError(`--scale ${values.scale}: over 0, 1 at most`);
  return {
    isJson: values.json,
    rounds,
    liveRounds: Math.min(3, rounds),
    messages: Number(values.messages),
    wanted,
    scale,
    against: values.against ?? null,
    profileDir: values.profile ?? null,
  };
}
