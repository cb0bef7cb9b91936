import { choiceOf, chose, measured } from './answers.ts';
import { breaths, heartRate, saturation, systolic, temperature } from './measurements.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsFor, pointsOf, sum } from './points.ts';
import { certainly, isKnown, type Span } from './three-valued.ts';

/** Apgar at a minute: the sum of five signs, or the total a crew was told. */
export function apgar(plain: PlainCase, minute: 1 | 5 | 10): Span {
  const name = (sign: string): string | null => choiceOf(plain, `apgar${minute}${sign}`);
  const signs = sum(
    pointsFor(name('HeartRate'), { absent: 0, 'below-100': 1, 'from-100': 2 }),
    pointsFor(name('Breathing'), { absent: 0, irregular: 1, good: 2 }),
    pointsFor(name('Tone'), { limp: 0, 'some-flexion': 1, active: 2 }),
    pointsFor(name('Reflex'), { none: 0, grimace: 1, cry: 2 }),
    pointsFor(name('Colour'), { 'blue-or-pale': 0, 'limbs-blue': 1, pink: 2 }),
  );
  const total = measured(plain, `apgar${minute}Total`);
  return !isKnown(signs) && isKnown(total) ? total : signs;
}

const grades = [4, 6, 10];
/** 4 outside the outer limits, 6 outside the inner ones or on an edge of the band, else 10. */
const graded =
  ([four, six]: readonly [number, number], [sixTo, fourTo]: readonly [number, number]) =>
  (value: number): number => {
    if (value < four || value > fourTo) return 4;
    return value <= six || value >= sixTo ? 6 : 10;
  };

/** Creatinine or urea: the one that is known, the worse of two. */
function kidneys(plain: PlainCase): Span {
  const creatinine = measured(plain, 'neonateCreatinine');
  const urea = measured(plain, 'neonateUrea');
  const byCreatinine = pointsOf(creatinine, grades, (value) => {
    if (value > 132.6) return 4;
    return value >= 114 || value < 87 ? 6 : 10;
  });
  const byUrea = pointsOf(urea, grades, (value) => {
    if (value > 14.3) return 4;
    return value >= 7.1 ? 6 : 10;
  });
  if (!isKnown(urea)) return byCreatinine;
  if (!isKnown(creatinine)) return byUrea;
  return byCreatinine.most <= byUrea.most ? byCreatinine : byUrea;
}

/** NCIS 40 to 100: ten items of 4, 6 or 10. */
export const ncis = (plain: PlainCase): Span =>
  sum(
    pointsOf(heartRate(plain), grades, graded([80, 100], [160, 180])),
    pointsOf(systolic(plain), grades, graded([40, 50], [90, 100])),
    pointsOf(breaths(plain), grades, graded([20, 25], [60, 100])),
    pointsOf(measured(plain, 'neonatePao2MmHg'), grades, graded([50, 60], [Infinity, Infinity])),
    pointsOf(measured(plain, 'neonatePh'), grades, graded([7.25, 7.3], [7.5, 7.55])),
    pointsOf(measured(plain, 'neonateSodium'), grades, graded([120, 130], [150, 160])),
    pointsOf(measured(plain, 'neonatePotassium'), grades, graded([2, 2.9], [7.5, 9])),
    kidneys(plain),
    pointsOf(measured(plain, 'neonateHaematocritPercent'), grades, graded([20, 40], [Infinity, Infinity])),
    pointsFor(choiceOf(plain, 'neonateAbdomen'), { both: 4, distension: 6, bleeding: 6, none: 10 }),
  );

/** TRIPS 0 to 65: display only. */
export const trips = (plain: PlainCase): Span =>
  sum(
    pointsOf(temperature(plain), [0, 1, 8], (celsius) => {
      if (celsius < 36.1 || celsius > 37.6) return 8;
      return celsius <= 36.5 || celsius >= 37.2 ? 1 : 0;
    }),
    tripsBreathing(plain),
    pointsOf(systolic(plain), [0, 16, 26], (mmHg) => {
      if (mmHg < 20) return 26;
      return mmHg <= 40 ? 16 : 0;
    }),
    tripsResponse(plain),
  );
function tripsBreathing(plain: PlainCase): Span {
  const worst = [
    chose(plain, 'airway', 'intubated'),
    chose(plain, 'neonateApnoea', 'brief', 'over-20s', 'repeated', 'gasping'),
    certainly(chose(plain, 'breathing', 'absent')),
  ];
  if (worst.includes('TRUE')) return { least: 14, most: 14 };
  const [rate, percent] = [breaths(plain), saturation(plain)];
  const isFast = rate.least > 60 || (percent.most < 85 && percent.least !== -Infinity);
  const isCalm = rate.most <= 60 && percent.least >= 85;
  const least = isFast ? 5 : 0;
  if (worst.includes('UNKNOWN')) return { least, most: 14 };
  return { least, most: isCalm ? 0 : 5 };
}
function tripsResponse(plain: PlainCase): Span {
  if (chose(plain, 'seizure', 'ongoing') === 'TRUE') return { least: 17, most: 17 };
  return pointsFor(choiceOf(plain, 'neonateResponse'), { vigorous: 0, lethargic: 6, none: 17 });
}
