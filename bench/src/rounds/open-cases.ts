import { setTimeout as pause } from 'node:timers/promises';
import { consolesFor } from '../fleet/fleet.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import type { Stand } from '../stand/stand.ts';
import { publishOpenings, type OpeningsWanted } from './publish-backlog.ts';
import { waitUntilEmpty } from './stream-progress.ts';

/** Opens one case a vehicle through the server itself. */
export async function openCases(stand: Stand, product: Pipeline, size: OpeningsWanted): Promise<void> {
  const { child, begin } = await product.start(0, consolesFor(0), () => Promise.resolve());
  try {
    await publishOpenings(stand, size);
    await begin();
    await waitUntilEmpty(stand, 'EVT');
    await pause(200);
    const { rows } = await stand.sql.query<{ n: string }>(
      'SELECT count(*) AS n FROM cases WHERE case_seq >= 2 AND NOT is_over',
    );
    if (Number(rows[0]?.n) !== size.vehicles) throw new Error(`${rows[0]?.n} of ${size.vehicles} cases are open`);
  } finally {
    await child.stop();
  }
}
