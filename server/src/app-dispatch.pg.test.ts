import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDispatchSources } from './app-dispatch.ts';
import { createDispatchHouse, fromHttp, job, type DispatchHouse } from './dispatch/dispatch-house.fixture.ts';
import { receiveDispatchJob } from './dispatch/receive-dispatch-job.ts';

let house: DispatchHouse;
beforeAll(async () => {
  house = await createDispatchHouse();
});
afterAll(() => house.close());

test('an instance that has no road of its own mends the cases that lag behind their jobs', async () => {
  const units = { change: () => Promise.reject(new Error('power cut')) };
  await expect(receiveDispatchJob({ ...house.ports, units }, job(), fromHttp)).rejects.toThrow('power cut');
  house.time.jump(60_000);
  const core = { ...house.ports, timers: house.time, instanceId: '01890000-0000-7000-8000-000000000001' };
  const nowhere = { dispatchCentre: 'county-120', dispatchView: null, dispatchCsvDir: null };
  const services = createDispatchSources(core, nowhere);
  for (const service of services) await service.start();
  await vi.waitFor(async () => expect(await house.jobRow('J-1')).toMatchObject({ case_revision: 1 }));
  for (const service of services) await service.stop();
});
