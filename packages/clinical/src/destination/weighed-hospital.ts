import { capacityStanding } from './capacity-standing.ts';
import { bypassOf, exact } from './bypass.ts';
import type { DestinationRules } from './destination-definition.ts';
import type { DestinationQuestion } from './destination-question.ts';
import { abilitiesOf, type Candidate, type Fit } from './hospital-fit.ts';
import { needOf, type Need } from './level-need.ts';
import { reason, type Reason } from './reason.ts';

/** A hospital with everything that decides its place. */
export interface WeighedHospital {
  readonly candidate: Candidate;
  readonly fit: Fit;
  /** Centers and abilities asked for beside the specialty's own, and not there. */
  readonly lacks: number;
  /** Drive, dearer for a doubtful status, cheaper for catchment, children and mother with baby; null: drive unknown. */
  readonly weighedMinutes: number | null;
  readonly reasons: readonly Reason[];
}

interface Lacking {
  readonly count: number;
  readonly reasons: readonly Reason[];
}

function lackingOf(
  { hospital, abilities }: Candidate,
  question: DestinationQuestion,
  rules: DestinationRules,
): Lacking {
  const specialties = question.coSpecialties.filter(
    (one) =>
      one !== 'emergency' &&
      !hospital.centers.some(
        ({ specialty }) => specialty === one && capacityStanding(hospital, one, rules).state !== 'down',
      ),
  );
  const missing = question.extraAbilities.filter((one) => !abilities.has(one));
  return {
    count: specialties.length + missing.length,
    reasons: [
      ...(specialties.length > 0 ? [reason('lacks-co-specialty', {}, { specialties })] : []),
      ...(missing.length > 0 ? [reason('lacks', {}, { abilities: missing })] : []),
    ],
  };
}

interface Gain {
  readonly minutes: number;
  readonly reasons: readonly Reason[];
}

const noGain: Gain = { minutes: 0, reasons: [] };

function togetherGain({ hospital }: Candidate, { companion }: DestinationQuestion, rules: DestinationRules): Gain {
  if (!companion) return noGain;
  const abilities = abilitiesOf(hospital, companion.specialty, rules);
  const isDown = capacityStanding(hospital, companion.specialty, rules).state === 'down';
  if (isDown || !needOf(companion, rules).preferred.every((one) => abilities.has(one)))
    return { minutes: 0, reasons: [reason('split')] };
  const minutes = rules.limits.togetherGainMinutes.value;
  return { minutes, reasons: [reason('together', { minutes })] };
}

function gainsOf(candidate: Candidate, question: DestinationQuestion, rules: DestinationRules): readonly Gain[] {
  const gain = (isGained: boolean, code: 'catchment' | 'paediatric', minutes: number): Gain =>
    isGained ? { minutes, reasons: [reason(code, { minutes })] } : noGain;
  const { catchmentGainMinutes, paediatricGainMinutes } = rules.limits;
  return [
    gain(question.catchmentHospitalId === candidate.hospital.hospitalId, 'catchment', catchmentGainMinutes.value),
    gain(
      question.isChild === 'TRUE' && candidate.abilities.has('paediatric'),
      'paediatric',
      paediatricGainMinutes.value,
    ),
    togetherGain(candidate, question, rules),
  ];
}

function transferAfter(fit: Fit, { meets }: Candidate, need: Need, { limits }: DestinationRules): readonly Reason[] {
  if (fit !== 'able' || meets !== 'acceptable') return [];
  if (need.bypass === 'wire') return [reason('then-transfer', { minutes: limits.chestPainDidoMinutes.value })];
  if (need.bypass === 'thrombectomy') return [reason('then-transfer', { minutes: limits.strokeDidoMinutes.value })];
  return [];
}

function fitOf({ meets, hasCenter }: Candidate, isDirect: boolean): Fit {
  if (isDirect) return 'direct';
  if (meets !== 'neither') return 'able';
  return hasCenter ? 'below-level' : 'no-center';
}

/** `isNearestAble`: a life threat; then nothing but the drive is weighed. */
export function weighed(
  candidate: Candidate,
  candidates: readonly Candidate[],
  need: Need,
  isNearestAble: boolean,
  question: DestinationQuestion,
  rules: DestinationRules,
): WeighedHospital {
  const bypass = bypassOf(candidate, candidates, need, question, rules);
  const fit = fitOf(candidate, bypass.isDirect);
  const lacking = lackingOf(candidate, question, rules);
  const gains = gainsOf(candidate, question, rules);
  const gainMinutes = isNearestAble ? 0 : gains.reduce((sum, { minutes }) => sum + minutes, 0);
  const costMinutes = isNearestAble ? 0 : candidate.capacity.costMinutes;
  const { drive } = candidate;
  return {
    candidate,
    fit,
    lacks: isNearestAble ? 0 : lacking.count,
    weighedMinutes: drive && (isNearestAble ? drive.minutes : exact(drive.minutes + costMinutes - gainMinutes)),
    reasons: [
      ...candidate.reasons,
      ...bypass.reasons,
      ...transferAfter(fit, candidate, need, rules),
      ...lacking.reasons,
      ...gains.flatMap(({ reasons }) => reasons),
    ],
  };
}
