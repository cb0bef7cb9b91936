import { UnitView } from '@pentad/protocol/console-feed';
import { caseIdOf, hospitalIdOf, START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { unitView } from '@pentad/protocol/testing/view-builders';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { deferred, FakeTime, settle } from '../platform/fake-time.fixture.ts';
import { greatCircleRouter } from '../routing/great-circle-router.ts';
import type { EtaEstimate, Router } from '../routing/router.ts';
import { ArrivalEstimates, ASK_EVERY_MS, POSITION_TERM_MS } from './estimate-arrival.ts';
import { near, placeOf } from './gate.fixture.ts';
import type { UnderWay } from './under-way.ts';

const going = (n = 1, hospital = 1): UnderWay => ({
  caseId: caseIdOf(n),
  vehicle: vehicleIdOf(n),
  hospitalId: hospitalIdOf(hospital),
  notBeforeMs: START_MS - 1_000,
  isWithPatient: true,
});

function region(router: Router = greatCircleRouter) {
  const time = new FakeTime();
  const asked: string[] = [];
  const state = {
    ways: [going()] as UnderWay[],
    position: { point: near('hospital-1', 0, -10_000), measuredAtMs: START_MS } as {
      point: ReturnType<typeof near>;
      measuredAtMs: number;
    } | null,
  };
  const estimates = new ArrivalEstimates({
    router: {
      eta: (from, to, atMs) => {
        asked.push(`${time.nowMs() - START_MS}`);
        return router.eta(from, to, atMs);
      },
    },
    clock: time,
    underWay: () => state.ways,
    placeOf: (hospitalId) => (hospitalId === hospitalIdOf(9) ? null : placeOf(hospitalId)),
    positionOf: () => state.position,
  });
  const move = () => void (state.position = { point: near('hospital-1', 0, -5_000), measuredAtMs: time.nowMs() });
  return { time, asked, state, estimates, move, of: (n = 1) => estimates.of(vehicleIdOf(n)) };
}

describe('when a case will be at its destination', () => {
  test('is told with band, method, distance and the instant of the position it is seen from', async () => {
    const { estimates, of } = region();
    expect(of()).toBeNull();
    await estimates.turn();
    const eta = of();
    expect(eta).toMatchObject({ hospitalId: 'hospital-1', computedAtMs: START_MS, source: 'great-circle' });
    expect(eta?.distanceM).toBeGreaterThan(13_400);
    expect(eta!.fromMs).toBeLessThan(eta!.atMs);
    expect(eta!.toMs).toBeGreaterThan(eta!.atMs);
    expect(v.safeParse(UnitView, unitView({ eta })).success).toBe(true);
  });

  test('is asked for at most once a case in 15 s, however often positions come', async () => {
    const { estimates, time, asked, move, of } = region();
    for (let ms = 0; ms <= 2 * ASK_EVERY_MS; ms += 1_000) {
      move();
      await estimates.turn();
      time.jump(1_000);
    }
    expect(asked).toEqual(['0', '15000', '30000']);
    expect(of()?.computedAtMs).toBe(START_MS + 30_000);
  });

  test('is each vehicle’s own, for however many', async () => {
    const { estimates, state, of, asked } = region();
    state.ways = Array.from({ length: 100 }, (_, n) => going(n + 1, (n % 3) + 1));
    await estimates.turn();
    expect([asked.length, of(1)?.hospitalId, of(2)?.hospitalId, of(100)?.hospitalId, of(101)]).toEqual([
      100,
      'hospital-1',
      'hospital-2',
      'hospital-1',
      null,
    ]);
  });
});

describe('unknown, and never guessed', () => {
  test.each<readonly [string, (on: ReturnType<typeof region>) => void]>([
    ['without a position', ({ state }) => void (state.position = null)],
    ['from an old position', ({ time }) => time.jump(POSITION_TERM_MS + 1)],
    ['from before the patient was on board', ({ state }) => void (state.position!.measuredAtMs = START_MS - 2_000)],
    ['on the way to the scene', ({ state }) => void (state.ways = [{ ...going(), isWithPatient: false }])],
    ['without a known place', ({ state }) => void (state.ways = [going(1, 9)])],
    ['without a case under way', ({ state }) => void (state.ways = [])],
  ])('%s', async (_, given) => {
    const on = region();
    given(on);
    await on.estimates.turn();
    expect([on.of(), on.asked]).toEqual([null, []]);
  });

  test('once the case has arrived or goes elsewhere, until the new way is answered', async () => {
    const { estimates, state, of } = region();
    await estimates.turn();
    state.ways = [going(1, 2)];
    await estimates.turn();
    expect(of()?.hospitalId).toBe('hospital-2');
    state.ways = [];
    await estimates.turn();
    expect(of()).toBeNull();
  });

  test('by an answer that comes after the destination changed', async () => {
    const late = deferred<EtaEstimate>();
    let first = true;
    const { estimates, state, of } = region({
      eta: (from, to, atMs) => {
        if (!first) return greatCircleRouter.eta(from, to, atMs);
        first = false;
        return late.promise;
      },
    });
    const turn = estimates.turn();
    await settle();
    state.ways = [going(1, 2)];
    await estimates.turn();
    late.resolve(await greatCircleRouter.eta(near('hospital-1', 0, 0), near('hospital-1', 0, 9_000), START_MS));
    await turn;
    expect(of()?.hospitalId).toBe('hospital-2');
  });
});

test('a service that hangs is asked sixteen things at once, no more', async () => {
  const { estimates, state, asked } = region({ eta: () => new Promise(() => undefined) });
  state.ways = Array.from({ length: 100 }, (_, n) => going(n + 1));
  void estimates.turn();
  await settle();
  expect(asked).toHaveLength(16);
});
