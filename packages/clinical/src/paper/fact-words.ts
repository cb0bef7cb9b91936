import { itemNamed } from '@pentad/protocol/assessment-items';
import type { Slot } from '../picture.ts';
import { scoreNamed } from '../scores/all-scores.ts';
import type { Words } from './words.ts';

/** What a name of the rule language is called on paper. */
export interface FactWords extends Words {
  /** null: a pure number, or no number. */
  readonly unit: Words | null;
}

const of = (zh: string, en: string, unit: Words | null = null): FactWords => ({ zh, en, unit });
const same = (unit: string): Words => ({ zh: unit, en: unit });

const perMinute: Words = { zh: '次/分', en: '/min' };
const days: Words = { zh: '天', en: 'days' };
const minutes: Words = { zh: '分钟', en: 'min' };

/** Of items that are quantities: UCUM to what a clinician writes; another unit is written as it is. */
const unitWords: Readonly<Record<string, Words | null>> = {
  '/min': perMinute,
  'mm[Hg]': same('mmHg'),
  Cel: same('℃'),
  '%': same('%'),
  s: { zh: '秒', en: 's' },
  min: minutes,
  h: { zh: '小时', en: 'h' },
  d: days,
  wk: { zh: '周', en: 'weeks' },
  a: { zh: '岁', en: 'years' },
  'umol/L': same('μmol/L'),
  '10*9/L': same('×10⁹/L'),
  '[pH]': null,
  '{INR}': null,
  '1': null,
};

const unitOf = (ucum: string): Words | null => {
  const words = Object.hasOwn(unitWords, ucum) ? unitWords[ucum] : undefined;
  return words === undefined ? same(ucum) : words;
};

const slotWords: Readonly<Record<Slot, FactWords>> = {
  heartRateBpm: of('心率', 'heart rate', perMinute),
  respiratoryRatePerMin: of('呼吸频率', 'respiratory rate', perMinute),
  spo2Percent: of('血氧饱和度', 'SpO2', same('%')),
  systolicMmHg: of('收缩压', 'systolic pressure', same('mmHg')),
  diastolicMmHg: of('舒张压', 'diastolic pressure', same('mmHg')),
  meanMmHg: of('平均动脉压', 'mean arterial pressure', same('mmHg')),
  temperatureC: of('体温', 'temperature', same('℃')),
  glucoseMmolPerL: of('血糖', 'glucose', same('mmol/L')),
};

const caseWords: Readonly<Record<string, FactWords>> = {
  ageYears: of('年龄', 'age', { zh: '岁', en: 'years' }),
  ageDays: of('日龄', 'age', days),
  gestationDays: of('孕周（新生儿为出生孕周）', 'gestation (of a newborn: at birth)', days),
  gestationWeeks: of('足孕周（新生儿为出生孕周）', 'completed weeks of gestation (of a newborn: at birth)', {
    zh: '周',
    en: 'weeks',
  }),
  sex: of('性别', 'sex'),
  isAdult: of('成人（≥16 岁）', 'adult (16 years or older)'),
  isNeonate: of(
    '新生儿（≤28 天，或停经后 ≤44+0 周）',
    'neonate (28 days or less, or 44+0 weeks after menstruation or less)',
  ),
  isPregnant: of('妊娠', 'pregnant'),
  specialty: of('车组所选专科', 'the center the crew selected'),
  consciousness: of('意识', 'consciousness'),
  oxygen: of('吸氧', 'oxygen'),
  isPressureUnrecordable: of('血压测不出', 'pressure cannot be recorded'),
  gcsEye: of('GCS 睁眼', 'GCS eye'),
  gcsVerbal: of('GCS 言语', 'GCS verbal'),
  gcsMotor: of('GCS 运动', 'GCS motor'),
  bloodLossMl: of('累计失血量', 'blood loss in sum', same('mL')),
  minutesSinceOnset: of('起病至今', 'time since onset', minutes),
  minutesSinceLastKnownWell: of('最后正常时间至今', 'time since last known well', minutes),
  minutesSinceBirth: of('分娩（出生）至今', 'time since birth', minutes),
  minutesSinceRosc: of('自主循环恢复至今', 'time since return of spontaneous circulation', minutes),
};

const within = (table: Readonly<Record<string, FactWords>>, name: string): FactWords | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A vital, a fact of the case, an item of the assessment or a score; a name of nothing stays itself. */
export function factWords(name: string): FactWords {
  const known = within(slotWords, name) ?? within(caseWords, name);
  if (known) return known;
  const item = itemNamed(name);
  if (item) {
    return { zh: item.zh, en: item.en, unit: item.kind === 'measure' ? unitOf(item.unit) : null };
  }
  const score = scoreNamed(name);
  return score ? of(score.zh, score.en) : of(name, name);
}
