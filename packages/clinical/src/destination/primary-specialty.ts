import type { Specialty } from '@pentad/protocol/center';
import { specialties } from '@pentad/protocol/center';
import { isMoreUrgent, type Tier } from '@pentad/protocol/pre-alert';
import type { Criterion } from '../criterion.ts';
import { destinationRules, Urgency, type Ability, type DestinationRules } from './destination-definition.ts';
import { reason, type Reason } from './reason.ts';

/** One specialty whose rules hold, and the most urgent of what they hold for. */
export interface SpecialtyMatch {
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly urgency: Urgency;
}

export interface MatchedPatient {
  readonly matches: readonly SpecialtyMatch[];
  /** <= 28 days or <= 44+0 weeks after menstruation (second reading C25). */
  readonly isNeonate: Criterion;
  /** 29 days to 15 years. */
  readonly isInfantOrChild: Criterion;
  /** Pregnant, or within 42 days of birth (second reading C30). */
  readonly isPregnantOrPostpartum: Criterion;
  /** Still pregnant: what an arrest at 20 weeks and a newborn's co-alert ask for. */
  readonly isPregnant: Criterion;
  readonly gestationDays: number | null;
  /** Born in the ambulance: the newborn has a case of its own. */
  readonly isBornOnTheWay: Criterion;
  readonly isDeliveryLikely: Criterion;
  /** Arrest in progress or ROSC. */
  readonly isArrest: Criterion;
  readonly hasOtherArrestCause: Criterion;
  /** Chest pain with a focal deficit or a pulse or pressure deficit. */
  readonly isDissectionSuspected: Criterion;
}

export interface CoAlert {
  readonly specialty: Specialty;
  readonly reason: Reason;
}

export interface PrimarySpecialty {
  readonly primary: Specialty;
  readonly reason: Reason;
  /** Answers for the patient with the primary, at the same site. */
  readonly coPrimary: readonly Specialty[];
  readonly coAlerts: readonly CoAlert[];
  readonly extraAbilities: readonly Ability[];
  /** `thrombolysis-hold`, `nearest-able`, `hysterotomy-clock`, `two-patients`. */
  readonly flags: readonly string[];
}

interface Led {
  readonly primary: Specialty;
  readonly reason: Reason;
  readonly coPrimary?: readonly Specialty[];
  readonly extraAbilities?: readonly Ability[];
  readonly flags?: readonly string[];
}

/** The earlier is the more urgent: tier, then clinical.md 0.6.9, then the product's order of centers. */
function mostUrgent(matches: readonly SpecialtyMatch[]): readonly SpecialtyMatch[] {
  const urgency = (one: SpecialtyMatch) => Urgency.options.indexOf(one.urgency);
  return [...matches].sort((a, b) => {
    if (a.tier !== b.tier) return isMoreUrgent(a.tier, b.tier) ? -1 : 1;
    return urgency(a) - urgency(b) || specialties.indexOf(a.specialty) - specialties.indexOf(b.specialty);
  });
}

/** One match a specialty, its most urgent, in order of urgency. */
const onePerSpecialty = (matches: readonly SpecialtyMatch[]): readonly SpecialtyMatch[] =>
  mostUrgent(matches).filter(
    (one, index, sorted) => sorted.findIndex(({ specialty }) => specialty === one.specialty) === index,
  );

/** Advice, and the emergency desk that every hospital has, lead only where no team is called (second reading R3). */
function leading(matches: readonly SpecialtyMatch[]): readonly SpecialtyMatch[] {
  const teams = matches.filter(({ specialty, tier }) => specialty !== 'emergency' && tier !== 'advice');
  return mostUrgent(teams.length > 0 ? teams : matches);
}

const isAlert = ({ tier }: SpecialtyMatch): boolean => tier !== 'advice';

/** Rules 2 and 3: a woman who is or was just pregnant, and something else. */
function ledInPregnancy(patient: MatchedPatient, { limits }: DestinationRules): Led | null {
  if (patient.isPregnantOrPostpartum !== 'TRUE') return null;
  const isLate = patient.gestationDays === null || patient.gestationDays >= limits.hysterotomyDays.value;
  const isLateArrest = patient.isArrest === 'TRUE' && patient.isPregnant !== 'FALSE' && isLate;
  const clock = isLateArrest ? ['nearest-able', 'hysterotomy-clock'] : [];
  if (patient.matches.some((one) => one.specialty === 'trauma' && isAlert(one)))
    return { primary: 'trauma', coPrimary: ['maternal'], reason: reason('primary-trauma-in-pregnancy'), flags: clock };
  if (isLateArrest) return { primary: 'maternal', reason: reason('primary-arrest-in-pregnancy'), flags: clock };
  const isDissection = patient.isDissectionSuspected === 'TRUE';
  const specialty = isDissection ? 'chest-pain' : diseaseOf(patient);
  if (specialty === null) return null;
  return {
    primary: specialty,
    coPrimary: ['maternal'],
    reason: reason('primary-disease-in-pregnancy'),
    ...(isDissection ? dissection : {}),
  };
}

/** STEMI, stroke or arrest, of which 0.6.3 speaks. */
function diseaseOf(patient: MatchedPatient): Specialty | null {
  const found = leading(patient.matches).find(
    ({ specialty, urgency, tier }) =>
      (specialty === 'stroke' && tier !== 'advice') ||
      (specialty === 'chest-pain' && (urgency === 'stemi' || urgency === 'arrest-or-rosc')),
  );
  if (found) return found.specialty;
  return patient.isArrest === 'TRUE' && patient.hasOtherArrestCause !== 'TRUE' ? 'chest-pain' : null;
}

const dissection = { extraAbilities: ['cta'], flags: ['thrombolysis-hold'] } as const;

/** Rules 5, 7 and 8. */
function ledByDisease(patient: MatchedPatient): Led | null {
  const tierOf = (specialty: Specialty) => patient.matches.find((one) => one.specialty === specialty)?.tier;
  const isTraumaRed = tierOf('trauma') === 'level-1';
  if (tierOf('stroke') !== undefined && isTraumaRed)
    return { primary: 'trauma', reason: reason('primary-trauma-over-stroke') };
  if (patient.isDissectionSuspected === 'TRUE' && !isTraumaRed)
    return { primary: 'chest-pain', reason: reason('primary-dissection'), ...dissection };
  if (patient.isArrest !== 'TRUE' || tierOf('trauma') !== undefined || patient.hasOtherArrestCause === 'TRUE')
    return null;
  return patient.isInfantOrChild === 'TRUE'
    ? { primary: 'emergency', reason: reason('primary-child-arrest'), extraAbilities: ['paediatric'] }
    : { primary: 'chest-pain', reason: reason('primary-medical-arrest') };
}

/** Rule 9, or the only one. */
function ledByTier(patient: MatchedPatient): Led {
  const [first, second] = leading(patient.matches);
  if (!first) return { primary: 'emergency', reason: reason('primary-none') };
  if (!second) return { primary: first.specialty, reason: reason('primary-only') };
  return {
    primary: first.specialty,
    reason:
      first.tier === second.tier
        ? reason('primary-by-order', {}, { urgency: first.urgency })
        : reason('primary-higher-tier'),
  };
}

function newbornCoAlert(patient: MatchedPatient, led: Led, { limits }: DestinationRules): readonly CoAlert[] {
  const isInjured = led.primary === 'trauma' && led.coPrimary?.includes('maternal');
  const isAsked = patient.isPregnant !== 'FALSE' && (isInjured || patient.isDeliveryLikely === 'TRUE');
  if (!isAsked || patient.isPregnantOrPostpartum !== 'TRUE') return [];
  const { gestationDays } = patient;
  if (gestationDays === null) return [{ specialty: 'neonate', reason: reason('co-alert-newborn-gestation-unknown') }];
  const limitDays = limits.viabilityDays.value;
  if (!(gestationDays >= limitDays)) return [];
  const numbers = { weeks: Math.floor(gestationDays / 7), days: Math.floor(gestationDays % 7), limit: limitDays / 7 };
  return [{ specialty: 'neonate', reason: reason('co-alert-newborn', numbers) }];
}

/**
 * Who leads when several specialties match, and who is alerted with them (clinical.md 0.6 as corrected by the second
 * reading C25, C30, R2.9 and R2.13). Pure and total.
 */
export function primarySpecialty(
  matched: MatchedPatient,
  rules: DestinationRules = destinationRules,
): PrimarySpecialty {
  const patient = { ...matched, matches: onePerSpecialty(matched.matches) };
  const born: Led = { primary: 'maternal', reason: reason('primary-born-on-the-way'), flags: ['two-patients'] };
  const led: Led =
    patient.isNeonate === 'TRUE'
      ? { primary: 'neonate', reason: reason('primary-neonate') }
      : (ledInPregnancy(patient, rules) ??
        (patient.isBornOnTheWay === 'TRUE' ? born : null) ??
        ledByDisease(patient) ??
        ledByTier(patient));
  const coPrimary = led.coPrimary ?? [];
  const others = [
    ...new Set(
      mostUrgent(patient.matches)
        .filter(isAlert)
        .map(({ specialty }) => specialty),
    ),
  ];
  const listed: readonly CoAlert[] = [
    ...others.map((specialty) => ({ specialty, reason: reason('co-alert') })),
    ...(patient.isNeonate === 'TRUE' ? [] : newbornCoAlert(patient, led, rules)),
    ...(patient.isDissectionSuspected === 'TRUE' && led.primary === 'chest-pain'
      ? [{ specialty: 'stroke' as const, reason: reason('co-alert') }]
      : []),
  ];
  const leads = new Set<Specialty>([led.primary, ...coPrimary]);
  return {
    primary: led.primary,
    reason: led.reason,
    coPrimary,
    coAlerts: listed.filter(
      ({ specialty }, index) =>
        !leads.has(specialty) && listed.findIndex((one) => one.specialty === specialty) === index,
    ),
    extraAbilities: led.extraAbilities ?? [],
    flags: led.flags ?? [],
  };
}
