import { isNotKnownPregnant, missingOfPerson, news2Of, shownShockIndex } from './applicability.ts';
import { and, criterion, not, type Criterion } from './criterion.ts';
import type { Picture } from './picture.ts';
import type { Rule, RuleSet } from './rule.ts';
import { isAboveOne, isBelowNineTenths } from './scores/shock-index.ts';

const NEWS2_HIGH = 7;

function isNews2High(picture: Picture): Criterion {
  const gate = and(picture.person.isAdult, isNotKnownPregnant(picture));
  if (gate === 'FALSE') return 'FALSE';
  const { minimum, maximum } = news2Of(picture);
  return and(gate, criterion(minimum >= NEWS2_HIGH ? true : maximum < NEWS2_HIGH ? false : null));
}

const highNews2: Rule = {
  id: 'GEN-3',
  version: '1',
  specialty: 'emergency',
  tier: 'level-1',
  source: 'RCP NEWS2 2017 (F:S03, cut-off >= 7); lane: second reading R3',
  status: 'design-needs-sign-off',
  name: { zh: 'NEWS2 ≥7', en: 'NEWS2 of 7 or more' },
  meaning: {
    zh: '生理评分达到高危，请急诊抢救室做好接诊准备；专科团队由本专科规则决定。',
    en: 'High physiological risk: the resuscitation room prepares. A specialty team is called by its own rules only.',
  },
  reads: ['respiratoryRate', 'spo2', 'systolic', 'heartRate', 'temperature'],
  notes: ['oxygen', 'consciousness', 'unrecordablePressure'],
  holds: isNews2High,
  missing: (picture) => [...missingOfPerson(picture), ...news2Of(picture).missing],
  score: (picture) => {
    const { name, minimum, maximum } = news2Of(picture);
    return { name, minimum, maximum };
  },
};

type Ratio = (heartRateBpm: number, systolicMmHg: number) => boolean;

/**
 * A pressure that cannot be recorded counts as SBP < 90 and holds by itself, in pregnancy too (C7): only the ratio
 * has other limits there.
 */
function compares({ person, heartRate, systolic, unrecordablePressure }: Picture, ratio: Ratio): Criterion {
  if (unrecordablePressure) return person.isAdult;
  const holds = criterion(heartRate && systolic ? ratio(heartRate.value, systolic.value) : null);
  return and(person.isAdult, criterion(person.pregnancy !== 'TRUE'), holds);
}

const isAtLeastNineTenths: Ratio = (heartRateBpm, systolicMmHg) => !isBelowNineTenths(heartRateBpm, systolicMmHg);

type ShockIndexRule = Omit<Rule, 'reads' | 'notes' | 'holds' | 'isOver' | 'missing' | 'score'> & {
  readonly applies: (picture: Picture) => boolean;
};

const shockIndexRule = ({ applies, ...rule }: ShockIndexRule): Rule => ({
  ...rule,
  reads: ['heartRate', 'systolic'],
  notes: ['unrecordablePressure'],
  holds: (picture) => (applies(picture) ? compares(picture, isAboveOne) : 'FALSE'),
  isOver: (picture) => (applies(picture) ? not(compares(picture, isAtLeastNineTenths)) : 'TRUE'),
  missing: (picture) => [
    ...missingOfPerson(picture),
    ...(picture.heartRate || picture.unrecordablePressure ? [] : ['heartRateBpm']),
    ...(picture.systolic || picture.unrecordablePressure ? [] : ['systolicMmHg']),
  ],
  score: (picture) => {
    const index = shownShockIndex(picture);
    return index && { name: 'shock-index', minimum: index.shown, maximum: index.shown };
  },
});

const isTrauma = ({ person }: Picture): boolean => person.specialty === 'trauma';

const traumaShockIndex = shockIndexRule({
  id: 'TR-SI',
  version: '1',
  specialty: 'trauma',
  tier: 'level-1',
  source: '2021 National Guideline for the Field Triage of Injured Patients, RED: HR > SBP (F:S27)',
  status: 'found',
  name: { zh: '创伤：心率大于收缩压', en: 'Trauma: heart rate above systolic pressure' },
  meaning: {
    zh: '休克指数大于 1.0，提示可能大出血，符合创伤红色标准。',
    en: 'Shock index above 1.0: possible major haemorrhage, a RED criterion.',
  },
  applies: isTrauma,
});

const generalShockIndex = shockIndexRule({
  id: 'GEN-SI',
  version: '1',
  specialty: 'emergency',
  tier: 'level-2',
  source: 'Shock index > 1.0 outside trauma (clinical.md A2, F:S04; mapping by design)',
  status: 'design-needs-sign-off',
  name: { zh: '休克指数大于 1.0', en: 'Shock index above 1.0' },
  meaning: {
    zh: '心率大于收缩压，提示可能休克，请急诊科预先准备。',
    en: 'Heart rate above systolic pressure: possible shock, the emergency department prepares.',
  },
  applies: (picture) => !isTrauma(picture),
});

export const ruleSet: RuleSet = { version: '1', rules: [highNews2, traumaShockIndex, generalShockIndex] };
