import { expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, firingIds } from '../testing/case-builder.ts';

const heart = /^(?:GEN-6|CP-R4|CP-R8)/;

function firing(
  specialty: 'trauma' | 'chest-pain' | null,
  items: Readonly<Record<string, string | boolean>>,
  patient: { readonly ageYears: number | null; readonly ageDays?: number },
): readonly string[] {
  const state = caseOf(specialty, [assessmentOf(0, { items })], patient);
  return firingIds(evaluated(state, [], 1)).filter((id) => heart.test(id));
}

it.each([
  ['a child in VT', null, { heartRhythm: 'vt' }, { ageYears: 15 }, ['GEN-6']],
  ['an adult in VT', null, { heartRhythm: 'vt' }, { ageYears: 16 }, ['CP-R4']],
  ['an adult in VT, injured', null, { heartRhythm: 'vt', isInjured: true }, { ageYears: 40 }, ['GEN-6']],
  ['tamponade at the trauma center', 'trauma', { cardiacTamponade: true }, { ageYears: 40 }, ['GEN-6']],
  ['tension pneumothorax, not injured', null, { tensionPneumothorax: true }, { ageYears: 40 }, ['CP-R8b']],
  ['an unstable arrhythmia of a child', null, { arrhythmiaUnstable: true }, { ageYears: 4 }, ['GEN-6']],
  ['a child in sinus rhythm', null, { heartRhythm: 'sinus' }, { ageYears: 4 }, []],
  ['a newborn, whose own rules ring', null, { heartRhythm: 'vt' }, { ageYears: null, ageDays: 2 }, []],
] as const)('%s', (_, specialty, items, patient, expected) => {
  expect(firing(specialty, items, patient)).toEqual(expected);
});
