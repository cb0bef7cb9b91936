import { milestones } from '@pentad/protocol/case-reading';
import type { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { localApi } from '../local-api.ts';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { crewActor, vehicleDay } from '../vehicle-day.fixture.ts';
import { vehicleStates, type VehicleState } from '../vehicle-states.ts';

function run() {
  const day = vehicleDay();
  const caseId: CaseId = day.openCase();
  const { agent, time } = day;
  const press = (state: VehicleState, some: { isUndone?: boolean; occurredAtMs?: number } = {}) =>
    agent.pressVehicleState(caseId, { actor: crewActor, state, ...some });
  const chosen = () => milestones(agent.showCase(caseId).state);
  const waiting = () => agent.showCase(caseId).own.length;
  const shown = (state: VehicleState) => agent.showCase(caseId).vehicleStates.find((row) => row.state === state);
  return { ...day, caseId, press, chosen, waiting, shown, nowMs: () => time.nowMs() };
}

describe('the states of a run', () => {
  test('are the seven a crew in China presses, in their order', () => {
    expect(vehicleStates.map(({ labelZh, code }) => `${labelZh} ${code}`)).toEqual([
      '出车 T_DEPART',
      '到达现场 T_SCENE',
      '接触患者 T_FMC',
      '病人上车 T_BOARD',
      '到达医院 T_GATE',
      '交接完成 T_HANDOVER',
      '返站 T_AVAILABLE',
    ]);
  });

  test('each press is a stamp of the crew at its instant, and moves the case on', async () => {
    const { agent, caseId, press, chosen, shown, time } = run();
    for (const { state, code } of vehicleStates) {
      const atMs = time.nowMs();
      expect(press(state)).not.toBeNull();
      expect(chosen()[code]).toMatchObject({ atMs, source: 'crew' });
      expect(shown(state)).toMatchObject({ code, atMs, source: 'crew' });
      await time.advance(60_000);
    }
    expect(agent.showCase(caseId).state.status).toBe('handed-over');
  });

  test('pressed again, nothing is written and the first press counts', async () => {
    const { press, chosen, waiting, time, nowMs } = run();
    const atMs = nowMs();
    press('at-scene');
    const before = waiting();
    await time.advance(5_000);
    expect(press('at-scene')).toBeNull();
    expect([waiting(), chosen().T_SCENE?.atMs]).toEqual([before, atMs]);
  });

  test('taken back it is shown no more, and the next press is the one that counts, here and on the server', async () => {
    const { region, caseId, press, chosen, shown, waiting, time, agent } = run();
    press('at-hospital');
    await time.advance(10_000);
    expect(press('at-hospital', { isUndone: true })).not.toBeNull();
    expect(shown('at-hospital')).toMatchObject({ atMs: null, source: null });
    const before = waiting();
    expect(press('at-hospital', { isUndone: true })).toBeNull();
    expect(waiting()).toBe(before);
    await time.advance(600_000);
    const atMs = time.nowMs();
    press('at-hospital');
    expect(chosen().T_GATE?.atMs).toBe(atMs);
    expect(chosen().T_DOOR?.atMs).toBe(atMs);
    expect(press('at-hospital')).toBeNull();
    region.connect();
    await time.advance(2_000);
    expect(agent.showCase(caseId).prefixSeq).toBe(4);
    expect([chosen().T_GATE?.atMs, shown('at-hospital')?.atMs]).toEqual([atMs, atMs]);
    expect(Object.keys(agent.showCase(caseId).state.stamps)).toHaveLength(2);
  });

  test('what was never pressed cannot be taken back; what the centre stamped stays and is the one shown', () => {
    const { region, caseId, press, shown, waiting } = run();
    const before = waiting();
    expect(press('departed', { isUndone: true })).toBeNull();
    expect(waiting()).toBe(before);
    press('departed');
    region.connect();
    const stamp = { stampId: 'stamp-1', code: 'T_DEPART', atMs: 1_700_000_000_000, source: 'dispatch', errorMs: null };
    region.record(caseId, 'milestone.stamped', stamp);
    expect(shown('departed')).toMatchObject({ atMs: 1_700_000_000_000, source: 'dispatch' });
  });
});

test('the tablet presses by the local API', async () => {
  const { agent, caseId } = run();
  const app = localApi(agent, quietLog);
  const post = (body: object, id: string = caseId) =>
    app.request(`http://127.0.0.1:8181/v1/cases/${id}/vehicle-state`, {
      method: 'POST',
      headers: { host: '127.0.0.1:8181', 'content-type': 'application/json' },
      body: JSON.stringify({ actor: crewActor, ...body }),
    });
  const first = await post({ state: 'patient-aboard', occurredAtMs: 1_700_000_000_500 });
  expect(first.status).toBe(201);
  expect(await first.json()).toMatchObject({ recorded: { caseId } });
  const again = await post({ state: 'patient-aboard' });
  expect(again.status).toBe(200);
  const Answer = v.object({
    recorded: v.null(),
    vehicleStates: v.array(v.object({ state: v.string(), atMs: v.nullable(v.number()) })),
  });
  const { vehicleStates: rows } = v.parse(Answer, await again.json());
  expect(rows.find((row) => row.state === 'patient-aboard')?.atMs).toBe(1_700_000_000_500);
  expect((await post({ state: 'on-the-moon' })).status).toBe(400);
  expect((await post({ state: 'departed' }, '01890000-0000-7000-8000-00000000eeee')).status).toBe(404);
});
