import { vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dispatcher } from '../platform/staff.fixture.ts';
import { createDispatchHouse, fromHttp, job, type DispatchHouse } from './dispatch-house.fixture.ts';
import { listDispatchJobs } from './list-dispatch-jobs.ts';
import { receiveDispatchJob } from './receive-dispatch-job.ts';
import { writeCasesBehind } from './write-cases-behind.ts';

const HOLDER = '01890000-0000-7000-8000-000000000001';
let house: DispatchHouse;
beforeAll(async () => {
  house = await createDispatchHouse();
});
beforeEach(() => house.time.jump(60_000));
afterAll(() => house.close());

const noCase = () => ({ ...house.ports, units: { change: () => Promise.reject(new Error('power cut')) } });
const crash = (jobNumber: string, some: Parameters<typeof job>[0] = {}) =>
  expect(receiveDispatchJob(noCase(), job({ jobNumber, ...some }), fromHttp)).rejects.toThrow('power cut');
const mend = async (ports = house.ports) => {
  house.time.jump(10_000);
  await writeCasesBehind(ports, HOLDER);
};
const typesOf = async (jobNumber: string) =>
  (await house.events(String((await house.jobRow(jobNumber))?.['case_id']))).map((row) => row['type']);
const listed = async (jobNumber: string) =>
  (await listDispatchJobs(house.ports, dispatcher)).find((row) => row.jobNumber === jobNumber);

test('a job whose row is there and whose case is not is seen, and gets its case without being told again', async () => {
  await crash('R-1');
  expect(await house.jobRow('R-1')).toMatchObject({ state: 'taken', revision: 1, case_revision: 0 });
  expect(await listed('R-1')).toMatchObject({ state: 'taken', code: 'dispatch-job.case-behind' });
  await mend();
  expect((await typesOf('R-1')).slice(0, 2)).toEqual(['case.opened', 'dispatch.received']);
  expect(await house.jobRow('R-1')).toMatchObject({ revision: 1, case_revision: 1 });
  expect(await listed('R-1')).toBeUndefined();
  await mend();
  expect(await typesOf('R-1')).toHaveLength(5);
});

test('one that is told now is left to who tells it; a later telling and a withdrawal are mended as well', async () => {
  await house.receive(job({ jobNumber: 'R-2' }));
  expect(await house.jobRow('R-2')).toMatchObject({ case_revision: 1 });
  await crash('R-2', { complaintCodes: ['sweating'] });
  await writeCasesBehind(house.ports, HOLDER);
  expect(await typesOf('R-2')).toHaveLength(5);
  await mend();
  expect((await typesOf('R-2')).slice(5)).toEqual(['dispatch.received']);
  await crash('R-2', { isWithdrawn: true });
  await mend();
  expect((await typesOf('R-2')).slice(6)).toEqual(['dispatch.withdrawn']);
  expect(await house.jobRow('R-2')).toMatchObject({ revision: 3, case_revision: 3 });
});

test('a case that cannot be written is logged by its job and stands in nobody’s way', async () => {
  await crash('R-3');
  await crash('R-4');
  const broken = String((await house.jobRow('R-3'))?.['case_id']);
  const { units } = house.ports;
  const change = (...args: Parameters<typeof units.change>) =>
    args[1].caseId === broken ? Promise.reject(new TypeError('bug')) : units.change(...args);
  await mend({ ...house.ports, units: { change } as typeof units });
  expect(house.log.lines.at(-2)).toMatchObject({
    level: 'error',
    code: 'dispatch-job.case-behind',
    fields: { jobId: (await house.jobRow('R-3'))?.['job_id'] },
  });
  expect(await house.jobRow('R-4')).toMatchObject({ case_revision: 1 });
  expect(await listed('R-3')).toBeDefined();
});

test('a withdrawal that overtook the opening of its case is in the case all the same', async () => {
  const { units } = house.ports;
  const late = {
    change: async (...args: Parameters<typeof units.change>) => {
      await house.receive(job({ jobNumber: 'R-5', isWithdrawn: true }));
      return units.change(...args);
    },
  } as typeof units;
  await receiveDispatchJob({ ...house.ports, units: late }, job({ jobNumber: 'R-5' }), fromHttp);
  await mend();
  expect(await typesOf('R-5')).toContain('dispatch.withdrawn');
  expect(await house.jobRow('R-5')).toMatchObject({ state: 'withdrawn', revision: 2, case_revision: 2 });
});

test('what has no case to write is not behind: withdrawn before it opened one, without a vehicle, or erased', async () => {
  await crash('R-6');
  await house.receive(job({ jobNumber: 'R-6', isWithdrawn: true }));
  const vehicle = { vehicleId: null, plate: null, callSign: null };
  await expect(house.receive(job({ jobNumber: 'R-7', vehicle }))).rejects.toThrow();
  await crash('R-8', { vehicle: { ...vehicle, vehicleId: vehicleIdOf(2) } });
  await house.rows(
    "DELETE FROM vault_key WHERE scope_id = (SELECT case_id::text FROM dispatch_job WHERE job_number = 'R-8')",
  );
  const before = house.log.lines.length;
  await mend();
  for (const jobNumber of ['R-6', 'R-7', 'R-8']) expect(await typesOf(jobNumber)).toEqual([]);
  expect(await listed('R-6')).toBeUndefined();
  expect(house.log.lines.slice(before).filter(({ fields }) => fields['jobId'] !== undefined)).toEqual([]);
});
