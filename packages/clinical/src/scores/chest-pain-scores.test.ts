import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import type { ScoreRange } from './score-range.ts';

const scoreOf = (
  name: string,
  items: ItemAnswers,
  more: Partial<Assessment> = {},
  patient: Partial<Patient> = {},
): ScoreRange | undefined =>
  evaluated(caseOf(null, [assessmentOf(0, { items, ...more })], patient), [], 1).scores[name];

/** Chest pain with every question of ADD-RS answered "no". */
const calm: ItemAnswers = {
  hasChestPain: true,
  aorticHighRiskHistory: false,
  painAbrupt: false,
  painSevere: false,
  painTearing: false,
  pulseDeficit: false,
  rightArmSystolicMmHg: 130,
  leftArmSystolicMmHg: 130,
  focalNeuroDeficit: false,
  newAorticMurmur: false,
};
const wellPerfused = { vitals: { systolicMmHg: 130 }, consciousness: 'alert' } as const;
const addRs = (items: ItemAnswers, more: Partial<Assessment> = wellPerfused) =>
  scoreOf('add-rs', { ...calm, ...items }, more);

describe('ADD-RS', () => {
  it.each([
    ['nothing', {}, 0],
    ['a risk condition', { aorticHighRiskHistory: true }, 1],
    ['abrupt pain', { painAbrupt: true }, 1],
    ['severe pain', { painSevere: true }, 1],
    ['tearing pain', { painTearing: true }, 1],
    ['all three pain words are one category', { painAbrupt: true, painSevere: true, painTearing: true }, 1],
    ['a pulse deficit', { pulseDeficit: true }, 1],
    ['arms 20 apart', { rightArmSystolicMmHg: 150 }, 0],
    ['arms 21 apart, right higher', { rightArmSystolicMmHg: 151 }, 1],
    ['arms 21 apart, left higher', { leftArmSystolicMmHg: 151 }, 1],
    ['a focal deficit', { focalNeuroDeficit: true }, 1],
    ['an arm that is weak in the stroke screen', { strokeArm: true }, 1],
    ['a new murmur', { newAorticMurmur: true }, 1],
    ['a vasopressor', { onVasopressor: true }, 1],
    [
      'N03: tearing, arms 180 and 140, deficit',
      { painTearing: true, rightArmSystolicMmHg: 180, leftArmSystolicMmHg: 140, focalNeuroDeficit: true },
      2,
    ],
    ['one of each', { aorticHighRiskHistory: true, painSevere: true, newAorticMurmur: true }, 3],
  ] as const)('%s: %s is %i', (_, items, total) => {
    expect(addRs(items)).toEqual({ name: 'add-rs', minimum: total, maximum: total, missing: [] });
  });

  it.each([
    ['SBP 90', { vitals: { systolicMmHg: 90 } }, {}, 0],
    ['SBP 89', { vitals: { systolicMmHg: 89 } }, {}, 1],
    ['SBP not to be taken', { isPressureUnrecordable: true }, {}, 1],
    ['cold and sweating, alert', wellPerfused, { skin: 'cold-pale-sweating' }, 0],
    ['cold and sweating, confused', { ...wellPerfused, consciousness: 'confusion' }, { skin: 'cold-pale-sweating' }, 1],
  ] as const)('shock is one of the signs: %s', (_, more, items, total) => {
    expect(addRs(items, more)?.minimum).toBe(total);
    expect(addRs(items, more)?.maximum).toBe(total);
  });

  it('takes what was not asked at 0 and at 1, and names it', () => {
    const { missing, ...range } = scoreOf('add-rs', { hasChestPain: true, painTearing: true }) ?? { missing: [] };
    expect(range).toEqual({ name: 'add-rs', minimum: 1, maximum: 3 });
    expect(missing).toEqual(expect.arrayContaining(['aorticHighRiskHistory', 'pulseDeficit', 'leftArmSystolicMmHg']));
    expect(missing).not.toContain('painAbrupt');
  });

  it('is for pain of an adult, or of an age not known', () => {
    expect(scoreOf('add-rs', { ...calm, hasChestPain: false }, wellPerfused)).toBeUndefined();
    expect(scoreOf('add-rs', calm, wellPerfused, { ageYears: 15 })).toBeUndefined();
    expect(scoreOf('add-rs', calm, wellPerfused, { ageYears: null })?.maximum).toBe(0);
    expect(scoreOf('add-rs', { ...calm, hasChestPain: false, painSevere: true }, wellPerfused)?.minimum).toBe(1);
  });
});

const level = { concordantElevationMm: 0, concordantDepressionMm: 0, discordantElevationMm: 0 };
const sgarbossa = (items: ItemAnswers) => scoreOf('sgarbossa', { ...level, ecgLbbb: true, ...items });

describe('Sgarbossa', () => {
  it.each([
    [{}, 0],
    [{ concordantElevationMm: 0.9 }, 0],
    [{ concordantElevationMm: 1 }, 5],
    [{ concordantElevationMm: 1.1 }, 5],
    [{ concordantDepressionMm: 0.9 }, 0],
    [{ concordantDepressionMm: 1 }, 3],
    [{ discordantElevationMm: 4.9 }, 0],
    [{ discordantElevationMm: 5 }, 2],
    [{ concordantElevationMm: 1, concordantDepressionMm: 1, discordantElevationMm: 5 }, 10],
  ])('of %o is %i', (items, total) => {
    expect(sgarbossa(items)).toEqual({ name: 'sgarbossa', minimum: total, maximum: total, missing: [] });
  });

  it('takes what was not measured at nothing and at its points', () => {
    expect(scoreOf('sgarbossa', { ecgLbbb: true, discordantElevationMm: 5 })).toEqual({
      name: 'sgarbossa',
      minimum: 2,
      maximum: 10,
      missing: ['concordantElevationMm', 'concordantDepressionMm'],
    });
  });

  it('is for LBBB and paced rhythm only', () => {
    expect(scoreOf('sgarbossa', { ...level, ecgLbbb: false, ecgPaced: true })?.maximum).toBe(0);
    expect(scoreOf('sgarbossa', { ...level, heartRhythm: 'paced' })?.maximum).toBe(0);
    expect(scoreOf('sgarbossa', { ...level, ecgLbbb: false, ecgPaced: false, heartRhythm: 'sinus' })).toBeUndefined();
    expect(scoreOf('sgarbossa', level)).toBeUndefined();
  });
});
