import { criterion, or } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import {
  banded,
  numberOf,
  pointsOf,
  pointsOfCode,
  sumOfItems,
  type Bands,
  type Score,
  type ScoreItem,
} from './score.ts';

const temperature: Bands = [
  [shortOf(36.1), 8],
  [shortOf(36.6), 1],
  [shortOf(37.2), 0],
  [37.6, 1],
  [Infinity, 8],
];
const systolic: Bands = [
  [shortOf(20), 26],
  [40, 16],
  [Infinity, 0],
];

const isOneOf = (code: string | null, codes: readonly string[]) =>
  criterion(code === null ? null : codes.includes(code));

/** Apnoea, gasping or a tube: 14; else RR above 60 or SpO2 below 85: 5; else 0. */
function breathingPoints(facts: Facts): Interval {
  const worst = or(
    isOneOf(facts.code('airway'), ['intubated']),
    isOneOf(facts.code('neonateApnoea'), ['over-20s', 'repeated', 'gasping']),
  );
  const fast = banded(numberOf(facts, 'respiratoryRatePerMin'), [
    [60, 0],
    [Infinity, 5],
  ]);
  const low = banded(numberOf(facts, 'spo2Percent'), [
    [shortOf(85), 5],
    [Infinity, 0],
  ]);
  const other = { least: Math.max(fast.least, low.least), most: Math.max(fast.most, low.most) };
  if (worst === 'TRUE' || facts.code('breathing') === 'absent') return { least: 14, most: 14 };
  return worst === 'FALSE' ? other : { least: other.least, most: 14 };
}

/** A seizure going on counts as no response. */
function responsePoints(facts: Facts): Interval {
  const response = pointsOfCode(facts.code('neonateResponse'), { vigorous: 0, lethargic: 6, none: 17 });
  const seizure = pointsOf(isOneOf(facts.code('seizure'), ['ongoing']), 17);
  if (seizure.least === 17) return seizure;
  return facts.code('neonateResponse') === null ? { least: 0, most: 17 } : response;
}

const items: readonly ScoreItem[] = [
  { reads: ['temperatureC'], points: (facts) => banded(numberOf(facts, 'temperatureC'), temperature) },
  { reads: ['airway', 'neonateApnoea', 'respiratoryRatePerMin', 'spo2Percent'], points: breathingPoints },
  { reads: ['systolicMmHg'], points: (facts) => banded(numberOf(facts, 'systolicMmHg'), systolic) },
  { reads: ['neonateResponse', 'seizure'], points: responsePoints },
];

/** Display only: its weights are from knowledge and no rule reads it (clinical.md finding 1, second reading C23). */
export const tripsScore: Score = {
  name: 'trips',
  zh: '新生儿转运生理稳定指数（TRIPS，权重未核实，仅供参考）',
  en: 'TRIPS (weights not verified, display only)',
  source: 'clinical.md B4.1: Lee 2001, J Pediatr 139:220 (weights K; range 0-65 F:S35)',
  status: 'from-knowledge',
  isLeading: false,
  reads: items.flatMap(({ reads }) => reads),
  applies: (facts) => facts.flag('isNeonate'),
  appliesOn: ['ageYears'],
  of: (facts) => sumOfItems('trips', items, facts),
};
