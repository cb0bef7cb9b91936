import type { Specialty } from '@pentad/protocol/center';
import type { DestinationRules, Threat } from './destination-definition.ts';
import type { DestinationQuestion } from './destination-question.ts';
import type { Need } from './level-need.ts';
import { reason } from './reason.ts';

/** The life threat that sends a patient to the nearest able hospital, and what able means for it. */
export interface NearestAble {
  /** Whose center must be able: maternity for a birth, else the emergency department. */
  readonly specialty: Specialty;
  readonly need: Need;
}

const isPresent = (threat: Threat, { threats, hasMechanicalCompression }: DestinationQuestion): boolean =>
  threats[threat] === 'TRUE' && !(threat === 'arrest' && hasMechanicalCompression === 'TRUE');

/** Names of life threats nobody has answered for; an arrest is asked about its device only where there is one. */
export const unansweredThreats = ({ threats, hasMechanicalCompression }: DestinationQuestion): readonly string[] => [
  ...Object.entries(threats).flatMap(([name, verdict]) => (verdict === 'UNKNOWN' ? [name] : [])),
  ...(threats.arrest === 'TRUE' && hasMechanicalCompression === 'UNKNOWN' ? ['hasMechanicalCompression'] : []),
];

/** null: no life threat that is known. An arrest whose device is not known counts as without one. */
export function nearestAble(question: DestinationQuestion, rules: DestinationRules): NearestAble | null {
  const row = rules.threats.find(
    ({ code, specialty }) => isPresent(code, question) && (specialty ?? question.specialty) === question.specialty,
  );
  if (!row) return null;
  const said = [reason('nearest-able', {}, { threat: row.code }), reason('two-stops-allowed')];
  return {
    specialty: row.ability === 'maternal-county' ? 'maternal' : 'emergency',
    need: {
      preferred: [row.ability],
      acceptable: [row.ability],
      bypass: null,
      isHighestFirst: false,
      reasons: said,
      lacking: [],
    },
  };
}
