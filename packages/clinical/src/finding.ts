import type { CaseState } from '@pentad/protocol/case-state';
import type { Finding, FindingInput } from '@pentad/protocol/pre-alert';
import type { Chart } from './chart.ts';
import { isUnrepeated } from './confirmation.ts';
import type { Picture, Reading } from './picture.ts';
import type { JudgedVital } from './plausibility-table.ts';
import type { Rule } from './rule.ts';

/** UCUM, as in clinical.md E3. */
const unitOf: Readonly<Record<JudgedVital, string>> = {
  heartRateBpm: '/min',
  pulseRateBpm: '/min',
  respiratoryRatePerMin: '/min',
  spo2Percent: '%',
  systolicMmHg: 'mm[Hg]',
  diastolicMmHg: 'mm[Hg]',
  temperatureC: 'Cel',
};

const noteName = {
  consciousness: 'consciousness',
  oxygen: 'oxygen',
  unrecordablePressure: 'isPressureUnrecordable',
} as const;

/** `isProvisional`: it counts, and a person is asked to confirm or repeat it. */
type ReadInput = FindingInput & { readonly isProvisional?: true };

function inputOf({ name, value, measuredAtMs, isProvisional, origin }: Reading, isSpotProvisional: boolean): ReadInput {
  const input = { name, value, unit: unitOf[name], measuredAtMs };
  return isProvisional || (origin === 'spot' && isSpotProvisional) ? { ...input, isProvisional: true } : input;
}

/** The finding of a firing rule, on the picture it fires on. */
export function findingOf(rule: Rule, picture: Picture, atMs: number, chart: Chart, state: CaseState): Finding {
  const isSpotProvisional = isUnrepeated(rule, picture, atMs, chart);
  const readings = rule.reads.flatMap((slot) => (picture[slot] ? [inputOf(picture[slot], isSpotProvisional)] : []));
  const notes = rule.notes.flatMap((note) => {
    const noted = picture[note];
    return noted ? [{ name: noteName[note], value: noted.value, unit: null, measuredAtMs: noted.measuredAtMs }] : [];
  });
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    specialty: rule.specialty === 'selected' ? (state.specialty ?? 'emergency') : rule.specialty,
    tier: rule.tier,
    inputs: [...readings, ...notes],
    missing: [...rule.missing(picture)],
    score: rule.score(picture),
  };
}

/**
 * What the crew is asked for, without a sound: inputs an UNKNOWN rule lacks; for one that holds, the questions about
 * the person, `repeat:<input>` for a cuff or thermometer reading no second look bears out, `confirm:<input>` for a
 * flagged value.
 */
export function askedFor(rule: Rule, picture: Picture, atMs: number, chart: Chart): readonly string[] {
  const verdict = rule.holds(picture);
  if (verdict === 'UNKNOWN') return rule.missing(picture);
  if (verdict === 'FALSE') return [];
  const readings = rule.reads.flatMap((slot) => (picture[slot] ? [picture[slot]] : []));
  const repeats = isUnrepeated(rule, picture, atMs, chart) ? readings.filter(({ origin }) => origin === 'spot') : [];
  return [
    ...rule.missing(picture).filter((name) => name === 'isPregnant'),
    ...repeats.map(({ name }) => `repeat:${name}`),
    ...readings.filter(({ isProvisional }) => isProvisional).map(({ name }) => `confirm:${name}`),
  ];
}
