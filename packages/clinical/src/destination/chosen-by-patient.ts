import { exact } from './bypass.ts';
import type { DestinationRules } from './destination-definition.ts';
import type { DestinationQuestion } from './destination-question.ts';
import type { RankedHospital } from './ranked-hospital.ts';
import { reason, type Reason } from './reason.ts';

/** What the patient or the family asked for: always accepted, never hidden in the ranking, shown with what it costs. */
export interface ChosenByPatient {
  readonly hospitalId: string;
  readonly extraMinutes: number | null;
  readonly costs: readonly Reason[];
}

const places: readonly RankedHospital['standing'][] = ['direct', 'able', 'below-level', 'no-center', 'down'];

function timeCost(extraMinutes: number | null): readonly Reason[] {
  if (extraMinutes === null) return [reason('choice-drive-unknown')];
  if (extraMinutes === 0) return [];
  return [reason(extraMinutes > 0 ? 'choice-extra' : 'choice-less', { minutes: Math.abs(extraMinutes) })];
}

function windowCost(chosen: RankedHospital, question: DestinationQuestion, { limits }: DestinationRules) {
  const since = question.minutesSinceLastKnownWell;
  if (question.specialty !== 'stroke' || since === null || !Number.isFinite(since) || !chosen.drive) return [];
  const minutes = exact(since + chosen.drive.bandMinutes.to);
  const limit = limits.ivtWindowMinutes.value;
  return since <= limit && minutes > limit ? [reason('choice-loses-window', { minutes, limit })] : [];
}

/** `recommended`: the first of the ranking. null: nothing was chosen. */
export function chosenByPatient(
  question: DestinationQuestion,
  ranked: readonly RankedHospital[],
  recommended: RankedHospital | null,
  isNearestAble: boolean,
  rules: DestinationRules,
): ChosenByPatient | null {
  const hospitalId = question.chosenHospitalId;
  if (hospitalId === null) return null;
  const accepted = reason('choice-accepted');
  const chosen = ranked.find((one) => one.hospitalId === hospitalId);
  if (!chosen) return { hospitalId, extraMinutes: null, costs: [accepted, reason('choice-not-listed')] };
  const extraMinutes =
    chosen.drive && recommended?.drive ? exact(chosen.drive.minutes - recommended.drive.minutes) : null;
  const isSame = chosen.hospitalId === recommended?.hospitalId;
  const isLesser = recommended !== null && places.indexOf(chosen.standing) > places.indexOf(recommended.standing);
  const costs = isSame
    ? [reason('choice-as-ranked')]
    : [
        ...timeCost(extraMinutes),
        ...(isLesser && chosen.standing !== 'down' ? [reason('choice-lesser-fit')] : []),
        ...(isNearestAble ? [reason('choice-passes-nearest')] : []),
      ];
  return {
    hospitalId,
    extraMinutes,
    costs: [
      accepted,
      ...costs,
      ...(chosen.capacity === 'down' ? [reason('choice-down')] : []),
      ...(chosen.capacity === 'unknown' ? [reason('choice-capacity-unknown')] : []),
      ...windowCost(chosen, question, rules),
    ],
  };
}
