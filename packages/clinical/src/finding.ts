import { itemNamed } from '@pentad/protocol/assessment-items';
import type { CaseState } from '@pentad/protocol/case-state';
import type { Finding, FindingInput } from '@pentad/protocol/pre-alert';
import type { Chart } from './chart.ts';
import { isUnrepeated } from './confirmation.ts';
import { factsOf } from './facts/picture-facts.ts';
import { slots, type Picture, type Reading, type Slot } from './picture.ts';
import type { JudgedVital } from './plausibility-table.ts';
import type { Rule, RuleSet } from './rule.ts';

/** UCUM, as in clinical.md E3. */
const unitOf: Readonly<Record<JudgedVital, string>> = {
  heartRateBpm: '/min',
  pulseRateBpm: '/min',
  respiratoryRatePerMin: '/min',
  spo2Percent: '%',
  systolicMmHg: 'mm[Hg]',
  diastolicMmHg: 'mm[Hg]',
  meanMmHg: 'mm[Hg]',
  temperatureC: 'Cel',
  glucoseMmolPerL: 'mmol/L',
};

/** `isProvisional`: it counts, and a person is asked to confirm or repeat it. */
type ReadInput = FindingInput & { readonly isProvisional?: true };

function inputOf({ name, value, measuredAtMs, isProvisional, origin }: Reading, isSpotProvisional: boolean): ReadInput {
  const input = { name, value, unit: unitOf[name], measuredAtMs };
  return isProvisional || (origin === 'spot' && isSpotProvisional) ? { ...input, isProvisional: true } : input;
}

const isSlot = (name: string): name is Slot => slots.some((slot) => slot === name);

/** UCUM, of what the case knows. */
const caseUnits: Readonly<Record<string, string>> = {
  ageYears: 'a',
  ageDays: 'd',
  gestationDays: 'd',
  gestationWeeks: 'wk',
  bloodLossMl: 'mL',
};

/** What is known under a name that is no reading: an answer, a note, something of the person or of the case's times. */
function notedInput(name: string, picture: Picture): ReadInput | null {
  const { answers } = picture.record;
  const noted =
    name === 'consciousness' || name === 'oxygen' ? picture[name] : Object.hasOwn(answers, name) ? answers[name] : null;
  const item = itemNamed(name);
  const unit =
    item?.kind === 'measure' ? item.unit : (caseUnits[name] ?? (name.startsWith('minutesSince') ? 'min' : null));
  if (noted) return { name, value: noted.value, unit, measuredAtMs: noted.measuredAtMs };
  if (name === 'isPressureUnrecordable') {
    const measuredAtMs = picture.unrecordablePressure?.measuredAtMs;
    return measuredAtMs === undefined ? null : { name, value: true, unit: null, measuredAtMs };
  }
  const facts = factsOf(picture);
  const number = facts.number(name);
  const isNumber = typeof number === 'object' && number.least === number.most && Number.isFinite(number.least);
  const verdict = facts.flag(name);
  const value = isNumber ? number.least : verdict === 'UNKNOWN' ? facts.code(name) : verdict === 'TRUE';
  const atMs = name.startsWith('gcs') ? (picture.record.gcs?.measuredAtMs ?? null) : null;
  return value === null ? null : { name, value, unit, measuredAtMs: atMs };
}

/** What a rule asks only to know whether it is for this case: no reason of its own. */
const gates: ReadonlySet<string> = new Set(['specialty', 'isAdult', 'isNeonate']);

function inputNamed(name: string, picture: Picture, isSpotProvisional: boolean): ReadInput | null {
  if (gates.has(name)) return null;
  if (!isSlot(name)) return notedInput(name, picture);
  const reading = picture[name];
  if (reading) return inputOf(reading, isSpotProvisional);
  if (name !== 'systolicMmHg') return null;
  return notedInput('isPressureUnrecordable', picture) ?? notedInput('radialPulse', picture);
}

/** The finding of a firing rule, on the picture it fires on, with the flags that hold for its specialty. */
export function findingOf(
  rule: Rule,
  picture: Picture,
  atMs: number,
  chart: Chart,
  state: CaseState,
  { version, flags }: RuleSet,
): Finding {
  const isSpotProvisional = isUnrepeated(rule, picture, atMs, chart);
  const inputs = rule.decidedBy(picture).flatMap((name) => inputNamed(name, picture, isSpotProvisional) ?? []);
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const specialty = rule.specialty === 'selected' ? (state.specialty ?? 'emergency') : rule.specialty;
  const raised = flags.filter((flag) => flag.specialties.includes(specialty) && flag.holds(picture) === 'TRUE');
  return {
    ruleId: rule.id,
    ruleVersion: `${version}/${rule.version}`,
    specialty,
    tier: rule.tier,
    inputs: [...byName.values()],
    missing: [...rule.missing(picture)],
    score: rule.score(picture),
    ...(raised.length > 0 ? { flags: raised.map(({ code }) => code) } : {}),
  };
}

/**
 * What the crew is asked for, without a sound: inputs an UNKNOWN rule lacks while its `asksWhile` holds; for one that holds, the questions about
 * the person, `repeat:<input>` for a cuff or thermometer reading no second look bears out, `confirm:<input>` for a
 * flagged value.
 */
export function askedFor(rule: Rule, picture: Picture, atMs: number, chart: Chart): readonly string[] {
  const verdict = rule.holds(picture);
  if (verdict === 'UNKNOWN') return rule.asks(picture) ? rule.missing(picture) : [];
  if (verdict === 'FALSE') return [];
  const readings = rule.reads.flatMap((slot) => (picture[slot] ? [picture[slot]] : []));
  const repeats = isUnrepeated(rule, picture, atMs, chart) ? readings.filter(({ origin }) => origin === 'spot') : [];
  return [
    ...rule.missing(picture).filter((name) => name === 'isPregnant'),
    ...repeats.map(({ name }) => `repeat:${name}`),
    ...readings.filter(({ isProvisional }) => isProvisional).map(({ name }) => `confirm:${name}`),
  ];
}
