import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ShownAlert } from '../support/console-page.ts';
import { expectHealed } from '../support/invariants.ts';
import { firedSteps, makeNextStepDue } from '../support/ladder-clock.ts';
import { westDesk } from '../support/region-directory.ts';
import { useRegion } from '../support/region-of-file.ts';
import { allShardsHeld } from '../support/region.ts';
import type { OnTarget } from '../support/staff-session.ts';
import type { TestVehicle } from '../support/test-vehicle.ts';
import { waitUntil } from '../support/wait-until.ts';

const everyShard = Array.from({ length: 16 }, (_, shard) => shard);
const file = useRegion({ shards: everyShard, servers: 2 });

beforeAll(() => allShardsHeld(file.region, 2).then(() => undefined), 60_000);

const on = ({ alert, target }: ShownAlert): OnTarget => ({ preAlertId: alert.preAlertId, targetId: target.targetId });

async function ring(vehicle: TestVehicle): Promise<ShownAlert> {
  const page = file.pages[0] ?? (await file.page());
  const caseId = vehicle.capture.openCase();
  vehicle.capture.requestPreAlert(caseId);
  return page.alertOf(caseId);
}

async function fireNext(preAlertId: string, step: string): Promise<void> {
  await waitUntil(`the ladder fires ${step}`, async () => {
    if ((await firedSteps(file.region, preAlertId)).includes(step)) return true;
    await makeNextStepDue(file.region, preAlertId);
    return false;
  });
}

const answersOf = async (preAlertId: string) =>
  file.region.query<{ case_seq: number; target: string }>(
    `SELECT case_seq, clinical->>'targetId' AS target FROM case_event
     WHERE event_type = 'pre-alert.answered' AND clinical->>'preAlertId' = $1 ORDER BY case_seq`,
    [preAlertId],
  );

describe('answers', () => {
  test('L1: two desks accept in the same millisecond on two instances: one owner, the other is told that it is taken', async () => {
    const shown = await ring(file.vehicle(0));
    const { preAlertId } = on(shown);
    await fireNext(preAlertId, 'next-desk');
    const west = await file.page({ staff: await file.staff('nurse-west'), deskId: westDesk, server: file.server(1) });
    const other = await west.alertOf(shown.caseId);
    const nurses = [await file.staff('nurse-east'), await file.staff('nurse-west')] as const;
    const given = await Promise.all([
      nurses[0].answer(file.server(0), on(shown), { opId: randomUUID() }),
      nurses[1].answer(file.server(1), on(other), { opId: randomUUID() }),
    ]);
    expect(given.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    expect(given.map(({ code }) => code)).toEqual(expect.arrayContaining([null, 'pre-alert.already-taken']));
    expect(await answersOf(preAlertId)).toHaveLength(1);
    await expectHealed(file.region, file);
  });

  test('L1: two people of one desk accept in the same millisecond: one answer stands, the other is told who has it', async () => {
    const shown = await ring(file.vehicle(1));
    const people = [await file.staff('nurse-east'), await file.staff('doctor-east')] as const;
    const given = await Promise.all(
      people.map((person, index) => person.answer(file.server(index), on(shown), { opId: randomUUID() })),
    );
    expect(given.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    expect(await answersOf(on(shown).preAlertId)).toHaveLength(1);
  });

  test('L4 L5: the same act three times, at once on two instances and again later, is one answer and always a yes', async () => {
    const shown = await ring(file.vehicle(2));
    const nurse = await file.staff('nurse-east');
    const opId = randomUUID();
    const atOnce = await Promise.all([0, 1].map((index) => nurse.answer(file.server(index), on(shown), { opId })));
    const later = await nurse.answer(file.server(1), on(shown), { opId });
    expect([...atOnce, later]).toEqual(Array.from({ length: 3 }, () => ({ status: 200, code: null })));
    expect(await answersOf(on(shown).preAlertId)).toHaveLength(1);
  });
});

describe('ladders', () => {
  test('P12: two instances run the ladder to its end and into the repeats: each step once, in order', async () => {
    const shown = await ring(file.vehicle(3));
    const { preAlertId, targetId } = on(shown);
    await fireNext(preAlertId, 'repeat');
    const own = await file.region.query<{ step: string; count: string }>(
      `SELECT clinical->>'step' AS step, count(*) FROM case_event WHERE event_type = 'pre-alert.escalated'
       AND clinical->>'targetId' = $1 GROUP BY 1, clinical->>'round'`,
      [targetId],
    );
    expect(own.map(({ count }) => count)).toEqual(own.map(() => '1'));
    expect(new Set(own.map(({ step }) => step))).toEqual(
      new Set(['all-on-duty', 'second-channel', 'director-and-region', 'next-desk', 'repeat']),
    );
    await expectHealed(file.region, file);
  });

  test('P12 L2: steps fall due in the very moment of the accept: nobody is called after it', async () => {
    const nurse = await file.staff('nurse-east');
    for (const index of [4, 5, 6, 7, 8, 9]) {
      const shown = await ring(file.vehicle(index));
      const { preAlertId } = on(shown);
      const due = makeNextStepDue(file.region, preAlertId);
      const accepted = await nurse.answer(file.server(index % 2), on(shown), { opId: randomUUID() });
      await due;
      await makeNextStepDue(file.region, preAlertId);
      expect(accepted.status).toBe(200);
      const [late] = await file.region.query<{ count: string }>(
        `SELECT count(*) FROM case_event e JOIN case_event a USING (case_id) WHERE e.event_type = 'pre-alert.escalated'
         AND a.event_type = 'pre-alert.answered' AND e.case_seq > a.case_seq AND a.clinical->>'preAlertId' = $1`,
        [preAlertId],
      );
      expect(late?.count).toBe('0');
      const [pending] = await file.region.query<{ count: string }>(
        `SELECT count(*) FROM due_step JOIN pre_alert_target t USING (target_id)
         WHERE t.pre_alert_id = $1 AND fired_at IS NULL AND withdrawn_at IS NULL`,
        [preAlertId],
      );
      expect(pending?.count).toBe('0');
    }
    await expectHealed(file.region, file);
  });
});
