import { describe, expect, it } from 'vitest';
import words from '../../data/destination-reasons.json' with { type: 'json' };
import { destinationRules, destinationRulesOf } from './destination-definition.ts';
import { reason, reasonText, type ReasonCode } from './reason.ts';

describe('the table of destinations', () => {
  it('names every limit with a source and a status', () => {
    for (const one of Object.values(destinationRules.limits)) {
      expect(one.source).not.toBe('');
      expect(['found', 'from-knowledge', 'design-needs-sign-off']).toContain(one.status);
    }
  });

  it('holds the numbers of clinical.md C', () => {
    const values = Object.fromEntries(
      Object.entries(destinationRules.limits).map(([name, { value }]) => [name, value]),
    );
    expect(values).toMatchObject({
      fmcToWireCapMinutes: 120,
      fmcToWireGoalMinutes: 90,
      strokeExtraMinutes: 30,
      ivtWindowMinutes: 270,
      traumaGroundMinutes: 45,
      airTransportMinutes: 60,
      massCasualtyPatients: 5,
      capacityFreshMinutes: 15,
    });
  });

  it.each([
    ['an unknown key', { ...destinationRules, more: 1 }],
    [
      'a limit below 0',
      { ...destinationRules, limits: { ...destinationRules.limits, strokeExtraMinutes: { value: -1 } } },
    ],
    [
      'no number',
      { ...destinationRules, limits: { ...destinationRules.limits, ivtWindowMinutes: { value: Number.NaN } } },
    ],
    ['nothing', null],
  ])('refuses %s', (_, data) => {
    expect(() => destinationRulesOf(data)).toThrow();
  });

  it('ranks the levels of a specialty without two alike', () => {
    const keys = destinationRules.levels.map(({ specialty, rank }) => `${specialty} ${rank}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the wording of reasons', () => {
  it('asks for the same numbers in both languages', () => {
    const places = (text: string) => new Set(text.match(/\{\w+\}/g) ?? []);
    for (const { zh, en } of Object.values(words)) expect(places(zh)).toEqual(places(en));
  });

  it.each([
    [120, '120 分钟，上限 120'],
    [119.96, '120 分钟，上限 120'],
    [90.04, '90.1 分钟，上限 120'],
    [0.1 + 0.2, '0.3 分钟，上限 120'],
  ])('shows %d without hiding that it is over a limit', (minutes, text) => {
    expect(reasonText(reason('wire-within-cap', { minutes, limit: 120 }), 'zh', destinationRules)).toContain(text);
  });

  it('leaves the place of a number it was not given', () => {
    const code: ReasonCode = 'drive';
    expect(reasonText(reason(code), 'en', destinationRules)).toContain('{minutes}');
  });

  it('names abilities, specialties and threats', () => {
    const said = reason('nearest-able', {}, { threat: 'bleeding' });
    expect(reasonText(said, 'zh', destinationRules)).toContain('无法控制的出血');
    const two = reason('lacks', {}, { abilities: ['evt', 'cta'] });
    expect(reasonText(two, 'zh', destinationRules)).toBe('缺：取栓、CT 血管造影');
    expect(reasonText(two, 'en', destinationRules)).toBe('lacks: thrombectomy, CT angiography');
  });
});
