import type { PlainCase } from '@pentad/auditor-rules/plain-case';

const withoutItems = (items: PlainCase['items'], drops: (name: string) => boolean): PlainCase['items'] =>
  Object.fromEntries(Object.entries(items).filter(([name]) => !drops(name)));

/** A finding of the chest pain is answered under "chest pain: yes", as the crew's form asks it. */
const ofThePain = /^chestPain|^chestSweating$/;

const cannotBear = ({ patient: { sex, ageYears, ageDays } }: PlainCase): boolean =>
  sex === 'male' || ageDays !== null || (ageYears ?? 16) < 10;

/** What cannot be so of one patient, or cannot be entered so, is not asked of the evaluators: they may differ on nonsense. */
export function coherent(plain: PlainCase): PlainCase {
  const isUnrecordable = plain.isPressureUnrecordable === true;
  const vitals = {
    ...plain.vitals,
    ...(isUnrecordable ? { systolicMmHg: null } : {}),
    // A cuff gives both, or the upper one alone.
    ...(isUnrecordable || plain.vitals.systolicMmHg === null ? { diastolicMmHg: null } : {}),
  };
  const isPositive = ([, answer]: readonly [string, unknown]): boolean =>
    answer === true || (typeof answer === 'number' && answer > 0) || answer === 'rigid-flail-penetrating';
  const positive = Object.entries(plain.items).filter(isPositive);
  const isHurt = positive.some(([name]) => name.startsWith('trauma'));
  const hasPain = positive.some(([name]) => ofThePain.test(name));
  const bleeds =
    !cannotBear(plain) &&
    plain.items['maternalBleedingOngoing'] === true &&
    plain.items['maternalBleeding'] !== 'heavy';
  const items = withoutItems(plain.items, (name) => {
    if (name === 'isInjured') return plain.specialty === 'trauma' && plain.items[name] === false;
    if (name === 'radialPulse') return (vitals.systolicMmHg ?? 0) >= 80 && plain.items[name] === false;
    if (name === 'glucoseMeter') return vitals.glucoseMmolPerL !== null;
    if (name === 'arrest') return plain.minutesSinceRosc !== null;
    if (name.startsWith('maternal') && cannotBear(plain)) return true;
    if (name === 'maternalDaysSinceBirth') return plain.patient.isPregnant === true || plain.minutesSinceBirth !== null;
    return false;
  });
  return {
    ...plain,
    vitals,
    items: {
      ...items,
      ...(isHurt ? { isInjured: true } : {}),
      ...(bleeds ? { maternalBleeding: 'light' } : {}),
      ...(hasPain ? { hasChestPain: true } : {}),
      ...(plain.minutesSinceRosc === null ? {} : { arrest: 'rosc' }),
    },
  };
}
