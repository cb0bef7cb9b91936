import { componentsOf, fieldOf, repetitionsOf, type Message } from './message.ts';

/** PID, kept apart from the readings: names and numbers go nowhere the vitals go. Null: not stated. */
export interface PatientIdentity {
  readonly identifiers: readonly {
    readonly value: string;
    readonly authority: string | null;
    readonly type: string | null;
  }[];
  readonly familyName: string | null;
  readonly givenName: string | null;
  /** As written, YYYY[MM[DD..]]. */
  readonly birthDate: string | null;
  readonly sex: string | null;
}

const stated = (text: string | undefined): string | null =>
  text === undefined || text === '' || text === '""' ? null : text;

export function readPatientIdentity(message: Message): PatientIdentity | null {
  const segment = message.segments.find(({ name }) => name === 'PID');
  if (!segment) return null;
  const identifiers = repetitionsOf(message, segment, 3).flatMap((components) => {
    const value = stated(components[0]);
    return value === null ? [] : [{ value, authority: stated(components[3]), type: stated(components[4]) }];
  });
  const [familyName, givenName] = componentsOf(message, segment, 5);
  return {
    identifiers,
    familyName: stated(familyName),
    givenName: stated(givenName),
    birthDate: stated(fieldOf(segment, 7)),
    sex: stated(fieldOf(segment, 8)),
  };
}
