import { needsAirway } from './airway.ts';
import { arrested } from './arrest.ts';
import { chose, measured, said } from './answers.ts';
import {
  breaths,
  gcsAtMost8,
  rateAbovePressure,
  responds,
  saturation,
  shockIndexFrom,
  systolic,
} from './measurements.ts';
import { breathingPoints } from './pews.ts';
import { fromAge, injured, newborn, pregnant, twentyWeeks, pregnancyDays, under, yearsOf } from './person.ts';
import { level1, level2, type PlainCase, type Row } from './plain-case.ts';
import { sipaElevated, triageRts } from './trauma-scores.ts';
import {
  above,
  all,
  any,
  atLeast,
  atMost,
  below,
  certainly,
  isKnown,
  not,
  spanOf,
  unlessKnown,
  verdictOf,
  type Verdict,
} from './three-valued.ts';

const red = (row: string, verdict: Verdict): Row => level1(row, 'trauma', verdict);
const yellow = (row: string, verdict: Verdict): Row => level2(row, 'trauma', verdict);

/** Motor below 6: by the examined part, by "obeys commands", else by AVPU (A3); infants by purposeful movement (C2). */
function motorBelow6(plain: PlainCase): Verdict {
  if (responds(plain, 'pain', 'unresponsive') === 'TRUE') return 'TRUE';
  const motor = below(spanOf(plain.gcs?.motor ?? null), 6);
  if (motor === 'TRUE') return 'TRUE';
  const preverbal = any(under(plain, 2), said(plain, 'traumaNeverObeys'));
  const asked = preverbal === 'TRUE' ? said(plain, 'traumaPurposefulMovement') : said(plain, 'obeysCommands');
  if (asked === 'FALSE') {
    if (preverbal !== 'UNKNOWN' || under(plain, 2) === 'FALSE') return 'TRUE';
    return 'UNKNOWN';
  }
  if (motor === 'FALSE' || asked === 'TRUE') return 'FALSE';
  return responds(plain, 'alert') === 'TRUE' ? 'FALSE' : 'UNKNOWN';
}

/** Below 10 or above 29; from 10 years on. Younger: PEWS sub-score 2, below 10 from 1 year, below 20 under 1 (TR-note 1). */
function breathing(plain: PlainCase): Verdict {
  const rate = breaths(plain);
  const grown = any(below(rate, 10), above(rate, 29));
  const young = any(
    all(above(rate, 40), atLeast(breathingPoints(plain), 2)),
    below(rate, 10),
    all(under(plain, 1), below(rate, 20)),
  );
  return any(all(fromAge(plain, 10), grown), all(under(plain, 10), young), below(rate, 10));
}

/** No pressure to be had, or from 1 year no pulse at the wrist: shock at any age (C7). */
const nothingToMeasure = (plain: PlainCase): Verdict =>
  any(
    verdictOf(plain.isPressureUnrecordable === true),
    all(unlessKnown(under(plain, 1)), certainly(not(said(plain, 'radialPulse')))),
  );

/** 0-9 years: below 70 + 2 x age; 1 to 11 months 70, a newborn 60 (C22). */
function childPressure(plain: PlainCase): Verdict {
  const pressure = systolic(plain);
  const years = yearsOf(plain);
  if (plain.vitals.systolicMmHg === null && pressure.most < 90) return under(plain, 10);
  if (!isKnown(years)) return all(under(plain, 10), below(pressure, 60));
  if (years.most >= 10) return 'FALSE';
  if (years.most >= 1) return below(pressure, 70 + 2 * years.most);
  // C25: one definition of a newborn, by age or by weeks after menstruation.
  const young = newborn(plain);
  return any(below(pressure, 60), all(below(pressure, 70), not(young)));
}

const headOrTorso = (plain: PlainCase): Verdict =>
  any(said(plain, 'traumaHeadImpact'), said(plain, 'traumaTorsoImpact'));
/** A judgement item: two tiers only when the crew confirms or head or torso was hit (C3). */
const considered = (plain: PlainCase, item: Verdict): Verdict =>
  all(injured(plain), item, any(said(plain, 'traumaCrewConcern'), headOrTorso(plain)));

const mechanism = (plain: PlainCase): readonly Row[] => [
  yellow('TR-Y1', said(plain, 'traumaEjection')),
  yellow(
    'TR-Y2',
    any(
      above(measured(plain, 'traumaIntrusionOccupantCm'), 30.5),
      above(measured(plain, 'traumaIntrusionAnyCm'), 45.7),
      said(plain, 'traumaExtrication'),
    ),
  ),
  yellow('TR-Y3', said(plain, 'traumaDeathInCompartment')),
  yellow('TR-Y4', all(under(plain, 10), said(plain, 'traumaUnrestrained'))),
  yellow('TR-Y5', said(plain, 'traumaTelemetrySevere')),
  yellow('TR-Y6', said(plain, 'traumaRiderSeparated')),
  yellow('TR-Y7', said(plain, 'traumaPedestrianStruck')),
  yellow('TR-Y8', above(measured(plain, 'traumaFallHeightM'), 3.05)),
];
const judgement = (plain: PlainCase): readonly Row[] => [
  yellow(
    'TR-Y9',
    all(
      said(plain, 'traumaLowFall'),
      said(plain, 'traumaHeadImpact'),
      any(atMost(yearsOf(plain), 5), fromAge(plain, 65)),
    ),
  ),
  yellow('TR-Y10', considered(plain, said(plain, 'anticoagulant'))),
  yellow('TR-Y11', all(under(plain, 16), said(plain, 'traumaAbuseSuspected'))),
  yellow('TR-Y12', considered(plain, said(plain, 'traumaSpecialNeeds'))),
  yellow('TR-Y13', considered(plain, all(pregnant(plain), beyondTwentyWeeks(plain)))),
  yellow('TR-Y14', considered(plain, said(plain, 'traumaBurns'))),
  yellow('TR-Y15', said(plain, 'traumaCrewConcern')),
];
const beyondTwentyWeeks = (plain: PlainCase): Verdict => {
  const days = pregnancyDays(plain);
  return isKnown(days) ? above(days, 140) : twentyWeeks(plain);
};

const anatomy = (plain: PlainCase): readonly Row[] => [
  red(
    'TR-R1',
    any(
      said(plain, 'traumaPenetratingHead'),
      said(plain, 'traumaPenetratingNeck'),
      said(plain, 'traumaPenetratingTorso'),
      said(plain, 'traumaPenetratingProximalLimb'),
    ),
  ),
  red('TR-R2', said(plain, 'traumaSkull')),
  red('TR-R3', said(plain, 'traumaSpinalLoss')),
  red('TR-R4', said(plain, 'traumaChestWall')),
  red('TR-R5', said(plain, 'traumaPelvis')),
  red('TR-R6', atLeast(measured(plain, 'traumaProximalLongBones'), 2)),
  red('TR-R7', said(plain, 'traumaCrushedLimb')),
  red('TR-R8', said(plain, 'traumaAmputation')),
  red('TR-R9', said(plain, 'traumaActiveBleeding')),
];

const isAny = (rows: readonly Row[]): Verdict => any(...rows.map(({ verdict }) => verdict));

/** HR > SBP; of a pregnant woman with a mechanism, pain or bleeding, or 1.2 and more: else two tiers (R3). */
function rateOverPressure(plain: PlainCase): readonly Row[] {
  const over = all(injured(plain), fromAge(plain, 10), rateAbovePressure(plain));
  const company = any(
    isAny([...anatomy(plain), ...mechanism(plain)]),
    said(plain, 'traumaVisibleBleeding'),
    atLeast(measured(plain, 'painScore'), 1),
    said(plain, 'maternalAbdominalPain'),
    chose(plain, 'maternalBleeding', 'light', 'heavy'),
    shockIndexFrom(plain, 12),
  );
  return [red('TR-R17', all(over, any(unlessKnown(pregnant(plain)), company))), yellow('TR-R17', over)];
}
const physiology = (plain: PlainCase): readonly Row[] => {
  const hurt = injured(plain);
  const pressure = systolic(plain);
  const middle = all(fromAge(plain, 10), under(plain, 65), below(pressure, 90));
  return [
    red('TR-R10', all(hurt, motorBelow6(plain))),
    red('TR-R11', all(hurt, breathing(plain))),
    red('TR-R12', all(hurt, any(said(plain, 'respiratoryDistress'), needsAirway(plain)))),
    red('TR-R13', all(hurt, below(saturation(plain), 90))),
    red('TR-R14', all(hurt, any(childPressure(plain), nothingToMeasure(plain), below(pressure, 60)))),
    red('TR-R15', all(hurt, middle)),
    red('TR-R16', all(hurt, fromAge(plain, 65), below(pressure, 110))),
    ...rateOverPressure(plain),
    red(
      'TR-A1',
      all(hurt, any(childPressure(plain), all(fromAge(plain, 10), below(pressure, 90)), below(pressure, 60))),
    ),
    red('TR-A3', all(hurt, gcsAtMost8(plain), unlessKnown(newborn(plain)))),
  ];
};

export const traumaRows = (plain: PlainCase): readonly Row[] => [
  red('TR-R0', all(injured(plain), arrested(plain))),
  ...anatomy(plain),
  ...physiology(plain),
  red('TR-A4', said(plain, 'traumaBloodGiven')),
  red('TR-A6', said(plain, 'traumaPhysicianActivates')),
  red('TR-RTS', all(injured(plain), fromAge(plain, 16), atMost(triageRts(plain), 11))),
  yellow('TR-SIPA', sipaElevated(plain)),
  ...mechanism(plain),
  ...judgement(plain),
];
