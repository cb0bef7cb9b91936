import { NumericsView, UnitView } from '@pentad/protocol/console-feed';
import { caseId, caseIdOf, hospitalIdOf, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { position, positionItem, vitals } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { numericsEntry, positionEntry } from '../uplink/offered.fixture.ts';
import { LastPositions } from './last-positions.ts';
import { liveNumerics, liveUnits } from './live-numerics.ts';

describe('committed numerics go to who looks', () => {
  test('with value, instants and road; what was not measured stays null', () => {
    const [view] = liveNumerics(
      [numericsEntry(1, { vitals: { heartRateBpm: 88, spo2Percent: null }, receivedAtMs: START_MS + 5_000 })],
      () => true,
    );
    expect(v.parse(NumericsView, view)).toEqual({
      caseId,
      vehicle,
      measuredAtMs: START_MS + 1_000,
      receivedAtMs: START_MS + 5_000,
      vitals: vitals({ heartRateBpm: 88, spo2Percent: null }),
      times: { bloodPressureAtMs: null, temperatureAtMs: null },
      isBackfill: false,
    });
  });

  test('E9: what came by a backlog road says so', () => {
    const views = liveNumerics([numericsEntry(1, { road: 'bkv' }), numericsEntry(2)], () => true);
    expect(views.map(({ isBackfill }) => isBackfill)).toEqual([true, false]);
  });

  test('only of cases somebody watches, never without a case, never positions', () => {
    const entries = [
      numericsEntry(1),
      numericsEntry(2, { item: { caseId: caseIdOf(2) } }),
      numericsEntry(3, { item: { caseId: null } }),
      positionEntry(4),
    ];
    expect(liveNumerics(entries, (id) => id === caseId).map((view) => view.caseId)).toEqual([caseId]);
  });

  test('S7: nothing a newer vehicle added to its item', () => {
    const [view] = liveNumerics(
      [numericsEntry(1, { item: { addedLater: 'x', vitals: { ...vitals(), addedLater: 7 } } })],
      () => true,
    );
    expect(JSON.stringify(view)).not.toContain('addedLater');
  });
});

describe('units on the map', () => {
  test('are where they last were, heard when it came', () => {
    const [unit] = liveUnits([positionEntry(1, { receivedAtMs: START_MS + 2_000 })], () => null);
    expect(v.parse(UnitView, unit)).toEqual({
      vehicle,
      position: position(),
      measuredAtMs: START_MS + 1_000,
      lastHeardAtMs: START_MS + 2_000,
      caseId,
      eta: null,
    });
  });

  test('say when they will be where they go, each its own', () => {
    const eta = { hospitalId: hospitalIdOf(1), computedAtMs: START_MS, atMs: START_MS + 600_000 };
    const band = {
      fromMs: START_MS + 400_000,
      toMs: START_MS + 900_000,
      source: 'great-circle',
      distanceM: 7_000,
    } as const;
    const entries = [positionEntry(1), positionEntry(1, { item: { vehicle: vehicleIdOf(2) } })];
    const units = liveUnits(entries, (asked) => (asked === vehicle ? { ...eta, ...band } : undefined));
    expect(units.map((unit) => v.parse(UnitView, unit).eta?.atMs ?? null)).toEqual([START_MS + 600_000, null]);
  });

  test('E9: do not jump back for what comes by the backlog road', () => {
    expect(liveUnits([positionEntry(1, { road: 'bkp' }), numericsEntry(2)], () => null)).toEqual([]);
  });
});

describe('the last position of a vehicle', () => {
  const at = (seq: number, latitudeDeg: number, n = 1) =>
    positionItem(seq, { latitudeDeg }, { vehicle: vehicleIdOf(n) });

  test('is the newest measured, in whatever order they come', () => {
    const last = new LastPositions();
    for (const item of [at(5, 30.5), at(3, 30.3), at(9, 30.9), at(7, 30.7)]) last.note(item);
    expect(last.of(vehicle)?.latitudeDeg).toBe(30.9);
    expect(last.timedOf(vehicle)).toMatchObject({ point: { latitudeDeg: 30.9 }, measuredAtMs: START_MS + 9_000 });
  });

  test('is each vehicle’s own, and null for one never heard of', () => {
    const last = new LastPositions();
    last.note(at(1, 30.1));
    last.note(at(1, 31.1, 2));
    expect([last.of(vehicle)?.latitudeDeg, last.of(vehicleIdOf(2))?.latitudeDeg, last.of(vehicleIdOf(3))]).toEqual([
      30.1,
      31.1,
      null,
    ]);
  });
});
