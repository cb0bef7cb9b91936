import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectHealed } from '../support/invariants.ts';
import { firedSteps } from '../support/ladder-clock.ts';
import { useRegion } from '../support/region-of-file.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [3, 14], servers: 2 });
const SECONDS_OF_STEP = {
  'all-on-duty': 30,
  'second-channel': 60,
  'director-and-region': 120,
  'next-desk': 180,
  repeat: 240,
};

test('P12 P13: the ladder in its own time over two instances: each step once, at most 2 s late, and silence after the accept', async () => {
  const page = await file.page();
  const vehicle = file.vehicle(0);
  const caseId = vehicle.capture.openCase();
  vehicle.capture.requestPreAlert(caseId);
  const { alert, target } = await page.alertOf(caseId);
  await waitUntil(
    'the ladder repeats',
    async () => (await firedSteps(file.region, alert.preAlertId)).includes('repeat'),
    260_000,
  );
  const fired = await file.region.query<{ step: string; after: number }>(
    `SELECT clinical->>'step' AS step, extract(epoch FROM recorded_at - a.added_at)::float8 AS after
     FROM case_event JOIN pre_alert_target a ON a.target_id = (clinical->>'targetId')::uuid
     WHERE event_type = 'pre-alert.escalated' AND a.target_id = $1 ORDER BY case_seq`,
    [target.targetId],
  );
  expect(fired.map(({ step }) => step)).toEqual(Object.keys(SECONDS_OF_STEP));
  for (const [index, seconds] of Object.values(SECONDS_OF_STEP).entries()) {
    expect(fired[index]?.after).toBeGreaterThanOrEqual(seconds);
    expect(fired[index]?.after).toBeLessThan(seconds + 2);
  }
  expect(page.rings.filter(({ targetId }) => targetId === target.targetId).map(({ step }) => step)).toEqual(
    Object.keys(SECONDS_OF_STEP),
  );
  const nurse = await file.staff('nurse-east');
  const on = { preAlertId: alert.preAlertId, targetId: target.targetId };
  expect((await nurse.answer(file.server(1), on, { opId: randomUUID() })).status).toBe(200);
  await expectHealed(file.region, file);
});
