import { loadRuleSet } from '@pentad/clinical/rules/load-rule-set';
import type { RecordedEvent } from '@pentad/protocol/case-event';
import { caseId, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, recorded } from '@pentad/protocol/testing/builders';
import { noVitals } from '@pentad/protocol/vitals';
import { describe, expect, it } from 'vitest';
import { replayCase } from './replay-case.ts';
import type { StoredSample } from './stored-cases.ts';

const said = { zh: '一', en: 'one' };
const rule = (id: string, specialty: string, when: string) => ({
  id,
  version: '1',
  specialty,
  tier: 'level-2',
  name: said,
  meaning: said,
  when,
  source: 'a table',
  status: 'found',
});
const loaded = (...rules: readonly object[]) => loadRuleSet({ version: 'small', terms: [], rules, flags: [] });
const fast = loaded(rule('FAST', 'emergency', 'heartRateBpm > 130'));
const chosen = loaded(rule('CHOSEN', 'selected', 'specialty = trauma'));

const at = (second: number): number => START_MS + second * 1_000;
const sampleAt = (second: number, heartRateBpm: number | null, by: string = vehicle): StoredSample => ({
  vehicle: by,
  measuredAtMs: at(second),
  vitals: { ...noVitals, heartRateBpm },
  times: { bloodPressureAtMs: null, temperatureAtMs: null },
});
const rate = (from: number, to: number, heartRateBpm: number | null, by?: string) =>
  Array.from({ length: to - from + 1 }, (_, n) => sampleAt(from + n, heartRateBpm, by));
const opened = recorded(event('case.opened', { vehicle, specialty: null }), 1, at(0));
const played = async (events: readonly RecordedEvent[], samples: readonly StoredSample[], rules = fast) => {
  const { alerts, monitoredS } = await replayCase(caseId, events, samples, [rules]);
  const seconds = (alerts[0] ?? []).map(({ fromMs, toMs }) => [
    (fromMs - START_MS) / 1_000,
    toMs === null ? null : (toMs - START_MS) / 1_000,
  ]);
  return { seconds, alerts: alerts[0] ?? [], monitoredS };
};

describe('a case played anew', () => {
  it('is alerted at the second its rule has held long enough, once an episode', async () => {
    const { alerts, seconds, monitoredS } = await played([opened], rate(1, 300, 140));
    expect(seconds).toEqual([[31, null]]);
    expect(alerts[0]).toMatchObject({ ruleId: 'FAST', specialty: 'emergency', tier: 'level-2' });
    expect(monitoredS).toBe(300);
  });

  it('is alerted again when the episode was over between', async () => {
    const samples = [...rate(1, 60, 140), ...rate(61, 200, 80), ...rate(201, 260, 140)];
    expect((await played([opened], samples)).seconds).toEqual([
      [31, 121],
      [231, null],
    ]);
  });

  it('is judged at each event as well, at the instant it was recorded', async () => {
    const chooses = event('case.opened', { vehicle, specialty: 'trauma' });
    const { alerts, seconds } = await played([opened, recorded(chooses, 2, at(50))], rate(1, 49, null), chosen);
    expect(seconds).toEqual([[50, null]]);
    expect(alerts[0]?.specialty).toBe('trauma');
  });

  it('reads its own vehicle alone, also what came before the case had one, as far back as a server loads', async () => {
    expect((await played([opened], rate(1, 100, 140, vehicleIdOf(2)))).seconds).toEqual([]);
    const early = recorded(event('case.opened', { vehicle, specialty: null }), 1, at(60));
    expect((await played([early], rate(1, 59, 140))).seconds).toEqual([[60, null]]);
    const late = recorded(event('case.opened', { vehicle, specialty: null }), 1, at(1_000));
    expect((await played([late], rate(1, 59, 140))).monitoredS).toBe(0);
  });

  it('is not judged once it is over', async () => {
    const over = recorded(event('case.cancelled'), 2, at(20));
    expect((await played([opened, over], rate(1, 100, 140))).seconds).toEqual([]);
  });

  it('is judged once a second, however many samples a second has', async () => {
    const twice = rate(1, 100, 140).flatMap((one) => [one, { ...one, measuredAtMs: one.measuredAtMs + 500 }]);
    const { seconds, monitoredS } = await played([opened], twice);
    expect(seconds).toEqual([[31.5, null]]);
    expect(monitoredS).toBe(100);
  });

  it('goes through several sets at once, each by itself', async () => {
    const { alerts } = await replayCase(caseId, [opened], rate(1, 60, 140), [fast, chosen, loaded()]);
    expect(alerts.map((own) => own.map(({ ruleId }) => ruleId))).toEqual([['FAST'], [], []]);
  });

  it('is nothing without events', async () => {
    expect(await played([], rate(1, 60, 140))).toEqual({ seconds: [], alerts: [], monitoredS: 0 });
  });
});
