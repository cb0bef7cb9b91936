import { clockLeadMs } from '@pentad/clinical/staleness';
import type { Sample } from '@pentad/clinical/stream-history';
import type { CaseState } from '@pentad/protocol/case-state';
import { ClockReading, type NumericsItem } from '@pentad/protocol/lane-item';
import { InstantMs, measuredRange } from '@pentad/protocol/quantities';
import { noVitals, vitalNames, type VitalName, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import { withServerTimes } from '@pentad/server/uplink/correct-times';
import * as v from 'valibot';
import { issueIn, type Refusals } from './refusals.ts';

/** A `NumericsItem` or as much of it as the rules read: absent vitals are not measured, absent times not known. */
const SampleInput = v.looseObject({
  lane: v.optional(v.string()),
  vehicle: v.optional(v.string()),
  caseId: v.optional(v.nullable(v.string()), null),
  clock: v.optional(v.nullable(ClockReading), null),
  measuredAtMs: InstantMs,
  vitals: v.record(v.string(), v.unknown()),
  times: v.optional(
    v.looseObject({
      bloodPressureAtMs: v.optional(v.nullable(InstantMs), null),
      temperatureAtMs: v.optional(v.nullable(InstantMs), null),
    }),
    { bloodPressureAtMs: null, temperatureAtMs: null },
  ),
});
type SampleInput = v.InferOutput<typeof SampleInput>;

const isVital = (name: string): name is VitalName => vitalNames.some((known) => known === name);
const pressures: readonly VitalName[] = ['systolicMmHg', 'diastolicMmHg', 'meanMmHg'];

/** Each value by itself: one that cannot be is refused and counts as not measured, the others of its sample stay. */
function readVitals(given: SampleInput['vitals'], path: string, refusals: Refusals): Vitals {
  const vitals: Vitals = { ...noVitals };
  for (const [name, value] of Object.entries(given)) {
    const at = `${path}.vitals.${name}`;
    if (!isVital(name)) refusals.refuse('sample.vital-unknown', at);
    else {
      const read = v.safeParse(measuredRange[name], value);
      if (read.success) vitals[name] = read.output;
      else refusals.refuse('sample.vital-invalid', at);
    }
  }
  return vitals;
}

/** A pressure or temperature without an instant of its own, or with one ahead, has no age: rules never read it. */
function withAges(vitals: Vitals, times: VitalTimes, measuredAtMs: number, path: string, refusals: Refusals): Vitals {
  const aged = { ...vitals };
  const drop = (names: readonly VitalName[], atMs: number | null) => {
    if (atMs !== null && atMs <= measuredAtMs + clockLeadMs) return;
    for (const name of names)
      if (aged[name] !== null) {
        refusals.refuse(atMs === null ? 'sample.time-missing' : 'sample.time-ahead', `${path}.vitals.${name}`);
        aged[name] = null;
      }
  };
  drop(pressures, times.bloodPressureAtMs);
  drop(['temperatureC'], times.temperatureAtMs);
  return aged;
}

function refusalOf({ lane, caseId, vehicle }: SampleInput, state: CaseState): readonly [string, string] | null {
  if (lane !== undefined && lane !== 'vit') return ['sample.other-lane', '.lane'];
  if (caseId !== null && caseId !== state.caseId) return ['sample.other-case', '.caseId'];
  if (vehicle !== undefined && vehicle !== state.vehicle) return ['sample.other-vehicle', '.vehicle'];
  return null;
}

function readSample(value: unknown, path: string, state: CaseState, nowMs: number, refusals: Refusals): Sample | null {
  const read = v.safeParse(SampleInput, value);
  if (!read.success) return refusals.refuse('sample.invalid', issueIn(path, read.issues));
  const refusal = refusalOf(read.output, state);
  if (refusal) return refusals.refuse(refusal[0], path + refusal[1]);
  const { clock, measuredAtMs, times } = read.output;
  const { bloodPressureAtMs, temperatureAtMs } = times;
  const told = { lane: 'vit', clock, measuredAtMs, times: { bloodPressureAtMs, temperatureAtMs } } as const;
  const own = withServerTimes(told as NumericsItem);
  if (own.measuredAtMs > nowMs + clockLeadMs) return refusals.refuse('sample.ahead-of-now', `${path}.measuredAtMs`);
  const vitals = readVitals(read.output.vitals, path, refusals);
  return {
    measuredAtMs: own.measuredAtMs,
    times: own.times,
    vitals: withAges(vitals, own.times, own.measuredAtMs, path, refusals),
  };
}

/** The samples of the case in measured order, by the server's clock where an item says how far the vehicle's is off. */
export const readSamples = (
  values: readonly unknown[],
  state: CaseState,
  nowMs: number,
  refusals: Refusals,
): readonly Sample[] =>
  values
    .flatMap((value, at) => readSample(value, `samples[${at}]`, state, nowMs, refusals) ?? [])
    .toSorted((a, b) => a.measuredAtMs - b.measuredAtMs);
