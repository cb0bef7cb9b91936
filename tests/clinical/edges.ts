import type { PlainVitals } from '@pentad/auditor-rules/plain-case';

/** Where the documents draw a line; cases are made on it and to both sides of it. */
export const vitalEdges: Readonly<Record<keyof PlainVitals, readonly [number, ...number[]]>> = {
  heartRateBpm: [40, 50, 51, 60, 80, 90, 91, 100, 110, 111, 120, 121, 130, 131, 150, 170, 180, 190],
  respiratoryRatePerMin: [8, 9, 10, 12, 15, 19, 20, 21, 24, 25, 29, 30, 31, 41, 60, 61, 70, 71],
  spo2Percent: [84, 85, 86, 89, 90, 91, 93, 94, 95, 96],
  systolicMmHg: [40, 41, 49, 50, 60, 70, 72, 80, 89, 90, 100, 101, 110, 111, 140, 150, 159, 160, 161, 220],
  diastolicMmHg: [20, 30, 60, 90, 91, 100, 101, 109, 110],
  temperatureC: [30, 33, 35, 36, 36.1, 37.5, 38, 38.1, 39, 41],
  glucoseMmolPerL: [1.1, 1.5, 2, 2.6, 2.8, 3.3, 3.9, 22.2, 33.3],
};

/** What is plausible of a newborn, a child and an adult (clinical.md E1, C8), so that nothing is refused or doubted. */
const adult: Readonly<Record<keyof PlainVitals, readonly [number, number]>> = {
  heartRateBpm: [20, 250],
  respiratoryRatePerMin: [4, 60],
  spo2Percent: [50, 100],
  systolicMmHg: [50, 260],
  diastolicMmHg: [20, 160],
  temperatureC: [25, 43],
  glucoseMmolPerL: [1.1, 33.3],
};
export const plausible = {
  adult,
  child: {
    ...adult,
    heartRateBpm: [40, 300],
    respiratoryRatePerMin: [6, 120],
    systolicMmHg: [30, 180],
    diastolicMmHg: [10, 130],
  },
  newborn: {
    ...adult,
    heartRateBpm: [40, 260],
    respiratoryRatePerMin: [10, 120],
    spo2Percent: [40, 100],
    systolicMmHg: [20, 130],
    diastolicMmHg: [8, 90],
  },
  unknown: {
    ...adult,
    heartRateBpm: [40, 250],
    respiratoryRatePerMin: [10, 60],
    systolicMmHg: [50, 130],
    diastolicMmHg: [20, 90],
  },
} as const satisfies Record<string, Readonly<Record<keyof PlainVitals, readonly [number, number]>>>;

const st = [0.4, 0.5, 0.9, 1, 1.4, 1.5, 1.9, 2, 2.4, 2.5, -1, -0.9] as const;
/** Lines of measures, by item name or its beginning. */
const measureEdges: readonly (readonly [RegExp, readonly [number, ...number[]]])[] = [
  [/^st[A-Z]/, st],
  [/ElevationMm$|DepressionMm$/, [0.9, 1, 4.9, 5]],
  [/^smithRatio$/, [-0.26, -0.25, -0.24]],
  [/BetweenEcgs/, [0.4, 0.5, 0.6]],
  [/^capillaryRefillS$/, [2, 2.9, 3, 3.1, 4]],
  [/ArmSystolic/, [100, 120, 121, 140]],
  [/^painScore$/, [0, 1, 4, 7]],
  [/^maternalPain$/, [0, 1, 2, 3]],
  [/^maternalDaysSinceBirth$/, [0, 1, 20, 42, 43]],
  [/FetalHeartRate$/, [99, 100, 109, 110, 160, 161]],
  [/FetalHeartLowMin$/, [2, 3, 9, 10]],
  [/Total$/, [3, 4, 5, 6, 7]],
  [/BirthWeightG$/, [999, 1000, 1001, 1799, 1800, 3200]],
  [/Fio2Percent$/, [21, 29, 30, 39, 40, 60, 61]],
  [/OwnSpo2Limit/, [70, 75]],
  [/ductalSpo2/, [80, 90, 91, 95, 100]],
  [/CordPh$/, [7, 7.01, 7.15, 7.16, 7.3]],
  [/BaseDeficit$/, [9.9, 10, 15.9, 16]],
  [/Pao2/, [49, 50, 60, 61]],
  [/^neonatePh$/, [7.24, 7.25, 7.3, 7.31, 7.5, 7.55, 7.56]],
  [/Sodium/, [119, 120, 130, 131, 150, 160, 161]],
  [/Potassium/, [1.9, 2, 2.9, 3, 7.4, 7.5, 9, 9.1]],
  [/Creatinine/, [86, 87, 113, 114, 132.6, 133]],
  [/Urea/, [7, 7.1, 14.3, 14.4]],
  [/Haematocrit/, [19, 20, 40, 41]],
  [/ProximalLongBones/, [0, 1, 2]],
  [/IntrusionOccupant/, [30, 30.5, 30.6]],
  [/IntrusionAny/, [45, 45.7, 45.8]],
  [/FallHeight/, [1, 3, 3.05, 3.06]],
  [/AfterRosc/, [7, 8]],
];
export const edgesOf = (name: string): readonly [number, ...number[]] =>
  measureEdges.find(([pattern]) => pattern.test(name))?.[1] ?? [0, 1, 2];
