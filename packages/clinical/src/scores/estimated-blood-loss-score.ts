import { and } from '../criterion.ts';
import { hasObstetricBleeding, isMother, motherAskedOn } from './obstetric-patient.ts';
import { numberOf, type Score } from './score.ts';

/** The most a crew may enter as plausible (clinical.md E1), since "2500 mL and more" has no upper end. */
const mostMl = 5000;

/** SI below 1.0, 1.5, 2.0 compared in integers, and the mL from the one to the next. */
function millilitres(heartRate: number, systolic: number): readonly [number, number] {
  if (heartRate < systolic) return [0, 1000];
  if (2 * heartRate < 3 * systolic) return [1000, 1500];
  if (heartRate < 2 * systolic) return [1500, 2500];
  return [2500, mostMl];
}

/** Rough, for display only: no rule reads it, rules compare heart rate and pressure themselves. */
export const estimatedBloodLossScore: Score = {
  name: 'estimated-blood-loss',
  zh: '按休克指数粗估失血量（mL，仅供参考）',
  en: 'blood loss by shock index, mL, rough, display only',
  source: 'clinical.md B5.2: 1.0 = 1000, 1.5 = 1500, 2.0 = 2500 or more (F:S47b; other pages give 2.0 = 2000)',
  status: 'found',
  isLeading: false,
  reads: ['heartRateBpm', 'systolicMmHg'],
  applies: (facts) => and(isMother(facts), hasObstetricBleeding(facts)),
  appliesOn: [...motherAskedOn, 'maternalBleeding'],
  of: (facts) => {
    const rate = numberOf(facts, 'heartRateBpm');
    const pressure = numberOf(facts, 'systolicMmHg');
    const isKnown = rate.least === rate.most && pressure.least === pressure.most;
    const [minimum, maximum] = isKnown ? millilitres(rate.least, pressure.least) : [0, Infinity];
    const missing = ['heartRateBpm', 'systolicMmHg'].flatMap((name) => facts.lacking(name));
    return { name: 'estimated-blood-loss', minimum, maximum, missing };
  },
};
