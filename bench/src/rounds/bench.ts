import { loadavg } from 'node:os';
import type { Options } from '../options.ts';
import { publisherEnvironment } from '../publisher/publisher-orders.ts';
import type { Round } from './round.ts';
import { Child } from '../stand/child.ts';
import { openStand, type Stand } from '../stand/stand.ts';
import { Consoles } from './consoles.ts';

/** What the rounds of one stand share. */
export interface Bench {
  readonly stand: Stand;
  readonly consoles: Consoles;
  readonly publisher: Child;
  readonly options: Options;
  readonly note: (round: Round) => void;
  readonly load: () => number;
}

/** A process that publishes as an ambulance does. */
export const publisherOf = ({ broker, user, logPath }: Stand, bundle: string): Child =>
  new Child({
    bundle: `${bundle}.js`,
    environment: publisherEnvironment({ natsUrl: broker.url, ...user }),
    logPath: logPath(bundle),
  });

/** A stand with its consoles and its publisher while `work` runs. */
export async function onStand(
  vehicles: number,
  { options, note }: Pick<Bench, 'options' | 'note'>,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const stand = await openStand(vehicles);
  try {
    const consoles = new Consoles(stand);
    const publisher = publisherOf(stand, 'publisher-process');
    try {
      await work({ stand, consoles, publisher, options, note, load: () => loadavg()[0] ?? 0 });
    } finally {
      await Promise.all([consoles.stop(), publisher.stop()]);
    }
  } finally {
    await stand.stop();
  }
}
