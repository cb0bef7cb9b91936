import { parseArgs } from 'node:util';

export interface Options {
  readonly isJson: boolean;
  readonly rounds: number;
  readonly liveRounds: number;
  readonly messages: number;
  /** Of G1 to G4; a pipeline no wanted figure needs is not run. */
  readonly wanted: readonly string[];
  /** The bundle of another checkout's server, run beside ours in the same rounds. */
  readonly against: string | null;
  readonly profileDir: string | null;
}

const figures = ['G1', 'G2', 'G3', 'G4'];

/** @throws TypeError on an unknown option */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      messages: { type: 'string', default: '60000' },
      only: { type: 'string', default: figures.join() },
      against: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const wanted = values.only.split(',');
  const unknown = wanted.find((id) => !figures.includes(id));
  if (unknown !== undefined) throw new TypeError(`--only ${unknown}: there are ${figures.join(', ')}`);
  const rounds = Number(values.rounds);
  return {
    isJson: values.json,
    rounds,
    liveRounds: Math.min(3, rounds),
    messages: Number(values.messages),
    wanted,
    against: values.against ?? null,
    profileDir: values.profile ?? null,
  };
}
