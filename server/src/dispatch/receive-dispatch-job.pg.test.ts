import { CaseId } from '@pentad/protocol/ids';
import { START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { milestones } from '@pentad/protocol/case-reading';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fact, ingest } from '../cases/case-database.fixture.ts';
import { readCase } from '../cases/case-store.ts';
import { dispatcher, nurse } from '../platform/staff.fixture.ts';
import {
  ADDRESS,
  CALLER,
  createDispatchHouse,
  fromHttp,
  job,
  PHONE,
  tablesHolding,
  type DispatchHouse,
} from './dispatch-house.fixture.ts';
import { listDispatchJobs } from './list-dispatch-jobs.ts';

let house: DispatchHouse;
beforeAll(async () => {
  house = await createDispatchHouse();
});
afterAll(() => house.close());

const typesOf = async (caseId: string | null) => (await house.events(caseId)).map((row) => row['type']);
const stateOf = async (caseId: CaseId | null) => {
  const state = await house.database.db.withActor(ingest, (tx) => readCase(tx, v.parse(CaseId, caseId)));
  if (!state) throw new Error('no such case');
  return state;
};
const named = (some: Partial<{ vehicleId: string; plate: string; callSign: string }>) => ({
  vehicleId: null,
  plate: null,
  callSign: null,
  ...some,
});

describe('a job that is told', () => {
  test('opens a case of its vehicle with what is known, its times stamped by dispatch, and audit', async () => {
    const { caseId, jobId, state, isChanged } = await house.receive(job());
    expect([state, isChanged]).toEqual(['taken', true]);
    expect(await typesOf(caseId)).toEqual([
      'case.opened',
      'dispatch.received',
      'milestone.stamped',
      'milestone.stamped',
      'milestone.stamped',
    ]);
    const folded = await stateOf(caseId);
    expect(folded).toMatchObject({ origin: 'dispatch-120', vehicle: vehicleIdOf(1), complaintCodes: ['chest-pain'] });
    expect(folded.patient.current?.value).toMatchObject({ sex: 'female', ageYears: 71, isPregnant: null });
    expect(milestones(folded)).toMatchObject({
      T_CALL: { atMs: START_MS, source: 'dispatch' },
      T_ANSWER: { atMs: START_MS + 8_000, source: 'dispatch' },
      T_DISPATCH: { atMs: START_MS + 60_000, source: 'dispatch' },
    });
    const audit = await house.rows('SELECT actor_id, action FROM audit_row WHERE object_id = $1', [jobId]);
    expect(audit).toEqual([{ actor_id: 'api-client:test', action: 'dispatch-job.received' }]);
    const topic = await house.rows("SELECT 1 FROM feed_entry WHERE topic = 'vehicle:' || $1", [vehicleIdOf(1)]);
    expect(topic).not.toEqual([]);
  });

  test('told again is the same job: one row, one case, not one event more, however many tell it at once', async () => {
    const before = await house.jobRow('J-1');
    const answers = await Promise.all(Array.from({ length: 5 }, () => house.receive(job())));
    expect(new Set(answers.map(({ caseId }) => caseId))).toEqual(new Set([before?.['case_id']]));
    expect(answers.every(({ isChanged }) => !isChanged)).toBe(true);
    expect(await typesOf(String(before?.['case_id']))).toHaveLength(5);
    const first = await Promise.all(Array.from({ length: 5 }, () => house.receive(job({ jobNumber: 'J-at-once' }))));
    expect(new Set(first.map(({ caseId }) => caseId)).size).toBe(1);
    expect(await typesOf(first[0]?.caseId ?? null)).toHaveLength(5);
  });

  test('the same number of another centre is another job', async () => {
    const { caseId } = await house.receive(job(), { ...fromHttp, centre: 'city-120' });
    expect(caseId).not.toBe((await house.jobRow('J-1'))?.['case_id']);
  });

  test('told with more, it adds what is new and takes nothing back', async () => {
    const { caseId } = await house.receive(job({ jobNumber: 'J-more', address: null, callerPhone: null, sex: null }));
    const told = job({
      jobNumber: 'J-more',
      complaint: null,
      complaintCodes: ['sweating'],
      times: { callAtMs: null, answerAtMs: null, dispatchAtMs: null, departAtMs: START_MS + 120_000 },
    });
    expect(await house.receive(told)).toMatchObject({ caseId, isChanged: true });
    const log = await house.events(caseId);
    expect(log.slice(5).map((row) => row['type'])).toEqual([
      'patient.described',
      'dispatch.received',
      'milestone.stamped',
    ]);
    expect(log[6]?.['has_sealed']).toBe(true);
    const folded = await stateOf(caseId);
    expect(folded.complaintCodes).toEqual(['chest-pain', 'sweating']);
    expect(folded.patient.current?.value.sex).toBe('female');
    expect(await house.card(vehicleIdOf(1), v.parse(CaseId, caseId))).toMatchObject({
      address: ADDRESS,
      complaint: '胸痛主诉CANARY',
      callerPhone: PHONE,
    });
  });

  test('a changed time is a stamp beside the old one, and is the one shown; changed back, the old one is', async () => {
    const at = (departAtMs: number) => job({ jobNumber: 'J-time', times: { ...job().times, departAtMs } });
    const { caseId } = await house.receive(at(START_MS + 90_000));
    house.time.jump(1_000);
    await house.receive(at(START_MS + 100_000));
    const departed = async () => {
      const folded = await stateOf(caseId);
      const stamps = Object.values(folded.stamps).filter(({ code }) => code === 'T_DEPART');
      return [stamps.length, milestones(folded).T_DEPART?.atMs];
    };
    expect(await departed()).toEqual([2, START_MS + 100_000]);
    house.time.jump(1_000);
    await house.receive(at(START_MS + 90_000));
    expect(await departed()).toEqual([2, START_MS + 90_000]);
  });

  test('what the crew wrote of the patient is not written over', async () => {
    const { caseId } = await house.receive(job({ jobNumber: 'J-crew' }));
    const patient = { ageYears: 40, ageDays: null, sex: 'male' as const, gestationDays: null, isPregnant: null };
    await house.tell(fact(event('patient.described', { patient }), v.parse(CaseId, caseId)));
    await house.receive(job({ jobNumber: 'J-crew', ageYears: 72 }));
    expect((await stateOf(caseId)).patient.current?.value).toMatchObject({ ageYears: 40, sex: 'male' });
  });

  test('a case the same crew opened itself a minute ago stays as it is, and the job has its own', async () => {
    const own = v.parse(CaseId, '019b76da-a800-70c0-8000-00000000aaaa');
    await house.tell(fact(event('case.opened'), own));
    const { caseId } = await house.receive(job({ jobNumber: 'J-beside' }));
    expect(caseId).not.toBe(own);
    expect(await typesOf(own)).toEqual(['case.opened']);
  });

  test('GCJ-02 comes out as WGS-84 on the card', async () => {
    const location = { latitudeDeg: 31.2, longitudeDeg: 121.4, datum: 'GCJ-02' as const };
    const { caseId } = await house.receive(job({ jobNumber: 'J-datum', location }));
    expect(await house.card(vehicleIdOf(1), v.parse(CaseId, caseId))).toMatchObject({
      latitudeDeg: '31.198000',
      longitudeDeg: '121.396000',
    });
  });

  test('the same after a crash between its row and its case: told again, the case is there', async () => {
    const units = { change: () => Promise.reject(new Error('power cut')) };
    const { receiveDispatchJob } = await import('./receive-dispatch-job.ts');
    const given = job({ jobNumber: 'J-crash' });
    await expect(receiveDispatchJob({ ...house.ports, units }, given, fromHttp)).rejects.toThrow('power cut');
    const { caseId, isChanged } = await house.receive(given);
    expect([isChanged, (await typesOf(caseId)).length]).toEqual([true, 5]);
  });
});

describe('a time of a job that no job of now can have', () => {
  const jobNumber = 'J-1970';
  const times = { callAtMs: 5_000, answerAtMs: START_MS, dispatchAtMs: START_MS + 40 * 86_400_000, departAtMs: null };
  test('makes no stamp and loses nothing else; it is kept, sealed, with a code of its own, once', async () => {
    const { caseId, jobId, state } = await house.receive(job({ jobNumber, times }));
    expect([state, (await house.receive(job({ jobNumber, times }))).isChanged]).toEqual(['taken', false]);
    const stamps = Object.values((await stateOf(caseId)).stamps);
    expect(stamps.map(({ code, atMs }) => [code, atMs])).toEqual([['T_ANSWER', START_MS]]);
    const refused = await house.rows('SELECT refused_id, source, code, raw FROM dispatch_refused ORDER BY code');
    expect(refused).toMatchObject([
      { source: 'http', code: 'job-row.callAt' },
      { source: 'http', code: 'job-row.dispatchAt' },
    ]);
    const [first] = refused;
    const raw = house.vault.openRaw(`dispatch_refused/${String(first?.['refused_id'])}`, first?.['raw'] as Buffer);
    expect(JSON.parse(raw.toString())).toEqual({ jobId, callAtMs: 5_000 });
    expect(house.log.codes()).toContain('dispatch-job.time-refused');
  });
});

describe('a job whose vehicle', () => {
  test.each([
    ['nobody knows', named({ plate: '苏X00000' }), 'dispatch-job.vehicle-unknown'],
    ['is not named', named({}), 'dispatch-job.vehicle-not-named'],
    ['is named twice', named({ plate: '苏X00000', callSign: '7号' }), 'dispatch-job.vehicle-ambiguous'],
    ['is revoked', named({ vehicleId: vehicleIdOf(9) }), 'dispatch-job.vehicle-revoked'],
  ])('%s is refused with a code and kept, sealed, for a coordinator', async (what, vehicle, code) => {
    await house.rows('UPDATE vehicle SET revoked_at = now() WHERE vehicle_id = $1', [vehicleIdOf(9)]);
    const jobNumber = `J-${what.replaceAll(' ', '-')}`;
    await expect(house.receive(job({ jobNumber, vehicle }))).rejects.toMatchObject({ kind: 'conflict', code });
    expect(await house.jobRow(jobNumber)).toMatchObject({ state: 'unmatched', refused_code: code, revision: 1 });
    const listed = await listDispatchJobs(house.ports, dispatcher);
    expect(listed.find((row) => row.jobNumber === jobNumber)).toMatchObject({ state: 'unmatched', code });
  });

  test('is found out later opens its case then, with all that was told before', async () => {
    const jobNumber = 'J-later';
    await expect(house.receive(job({ jobNumber, vehicle: named({ callSign: '88号' }) }))).rejects.toThrow();
    const { caseId } = await house.receive(
      job({ jobNumber, address: null, vehicle: named({ callSign: vehicleIdOf(2) }) }),
    );
    expect(await house.card(vehicleIdOf(2), v.parse(CaseId, caseId))).toMatchObject({ address: ADDRESS });
    expect(await house.jobRow(jobNumber)).toMatchObject({ state: 'taken', refused_code: null });
  });

  test('is another one now is refused and seen: the case is the first vehicle’s', async () => {
    const jobNumber = 'J-other';
    const { caseId } = await house.receive(job({ jobNumber }));
    const other = job({ jobNumber, vehicle: named({ vehicleId: vehicleIdOf(2) }) });
    await expect(house.receive(other)).rejects.toMatchObject({ code: 'dispatch-job.vehicle-changed' });
    expect((await stateOf(caseId)).vehicle).toBe(vehicleIdOf(1));
    const seen = (await listDispatchJobs(house.ports, dispatcher)).find((row) => row.jobNumber === jobNumber);
    expect(seen).toMatchObject({ state: 'taken', code: 'dispatch-job.vehicle-changed', namedVehicle: vehicleIdOf(2) });
    await house.receive(job({ jobNumber }));
    expect(await house.jobRow(jobNumber)).toMatchObject({ refused_code: null });
  });

  test('is found by its plate however it is written', async () => {
    await house.rows("UPDATE vehicle SET plate = '苏E·A1203' WHERE vehicle_id = $1", [vehicleIdOf(3)]);
    const { caseId } = await house.receive(job({ jobNumber: 'J-plate', vehicle: named({ plate: '苏e a1203' }) }));
    expect((await stateOf(caseId)).vehicle).toBe(vehicleIdOf(3));
  });
});

describe('a job that is withdrawn', () => {
  test('says so and ends no case: a crew out of reach may be with the patient', async () => {
    const { caseId } = await house.receive(job({ jobNumber: 'J-off' }));
    const off = job({ jobNumber: 'J-off', isWithdrawn: true });
    expect(await house.receive(off)).toMatchObject({ caseId, state: 'withdrawn', isChanged: true });
    expect((await stateOf(caseId)).cancelled).toBeNull();
    expect(await house.receive(off)).toMatchObject({ isChanged: false });
    expect((await typesOf(caseId)).slice(5)).toEqual(['dispatch.withdrawn']);
    await expect(house.receive(job({ jobNumber: 'J-off' }))).rejects.toMatchObject({ code: 'dispatch-job.withdrawn' });
  });

  test('before it was ever told, or before it had a vehicle, opens none', async () => {
    const early = await house.receive(job({ jobNumber: 'J-early', isWithdrawn: true }));
    expect(early).toMatchObject({ state: 'withdrawn', caseId: null });
    const nobody = { jobNumber: 'J-nobody', vehicle: named({}) };
    await expect(house.receive(job(nobody))).rejects.toThrow();
    expect(await house.receive(job({ ...nobody, isWithdrawn: true }))).toMatchObject({ caseId: null });
  });
});

describe('a job card', () => {
  test('is read to the vehicle of its open case, to no other, and each reading is in the trail', async () => {
    const { caseId: id } = await house.receive(job({ jobNumber: 'J-card' }));
    const caseId = v.parse(CaseId, id);
    expect(await house.card(vehicleIdOf(2), caseId)).toBeNull();
    expect(await house.card(vehicleIdOf(1), caseId)).toMatchObject({ address: ADDRESS, callerPhone: PHONE });
    const read = await house.rows(
      "SELECT actor_kind, actor_id, purpose FROM audit_row WHERE action = 'job-card.read' AND case_id = $1",
      [caseId],
    );
    expect(read).toEqual([{ actor_kind: 'vehicle', actor_id: vehicleIdOf(1), purpose: 'care' }]);
    await house.tell(fact(event('case.progressed', { to: 'closed' }), caseId));
    expect(await house.card(vehicleIdOf(1), caseId)).toBeNull();
  });

  test('is none of a case that has no job', async () => {
    const caseId = v.parse(CaseId, '019b76da-a800-70c0-8000-00000000bbbb');
    await house.tell(fact(event('case.opened'), caseId));
    expect(await house.card(vehicleIdOf(1), caseId)).toBeNull();
  });

  test('S13: is gone with its case’s key, and telling the job again does not bring it back', async () => {
    const { caseId: id } = await house.receive(job({ jobNumber: 'J-shred' }));
    const caseId = v.parse(CaseId, id);
    await house.rows("DELETE FROM vault_key WHERE scope = 'case' AND scope_id = $1", [caseId]);
    await expect(house.card(vehicleIdOf(1), caseId)).rejects.toMatchObject({ code: 'dispatch-job.gone' });
    await expect(house.receive(job({ jobNumber: 'J-shred' }))).rejects.toMatchObject({ code: 'dispatch-job.gone' });
    expect(await house.rows('SELECT 1 FROM vault_key WHERE scope_id = $1', [caseId])).toEqual([]);
  });
});

test('the list of jobs is for who coordinates the region, in code and in the database', async () => {
  await expect(listDispatchJobs(house.ports, nurse)).rejects.toMatchObject({ kind: 'forbidden' });
  const rows = await house.database.db.withActor(nurse, (tx) => tx.query('SELECT 1 FROM dispatch_job'));
  expect(rows).toEqual([]);
  expect(JSON.stringify(await listDispatchJobs(house.ports, dispatcher))).not.toContain('CANARY');
});

test('H25: address, phone, caller and complaint stand unsealed in no table and in no log line', async () => {
  expect(await tablesHolding(house, [ADDRESS, PHONE, CALLER, 'CANARY', '31.198000'])).toEqual([]);
  expect(JSON.stringify(house.log.lines)).not.toMatch(/CANARY|13912345678|J-1/);
  expect(house.log.lines.length).toBeGreaterThan(10);
});
