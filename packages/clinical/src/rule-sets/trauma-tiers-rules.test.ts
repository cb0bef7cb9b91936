import { describe, expect, it } from 'vitest';
import { aged, daysOld, idsOf, pregnant, promptsOf, repeated, traumaIds } from '../testing/trauma-case.ts';
import { ruleSet } from './pentad-2.ts';

const numbered = (prefix: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${from + index}`);

describe('how loud each trauma rule is', () => {
  const ofTier = (tier: string): readonly string[] =>
    ruleSet.rules.filter((rule) => rule.specialty === 'trauma' && rule.tier === tier).map(({ id }) => id);

  it('RED and the ACS six are level 1', () => {
    const physiology = [
      'TR-R11a',
      'TR-R11b',
      'TR-R11c',
      'TR-R12',
      'TR-R13',
      'TR-R14a',
      'TR-R14b',
      'TR-R14c',
      'TR-R15',
      'TR-R16',
    ];
    const ratio = ['TR-R17', 'TR-R17b', 'TR-R17c'];
    const other = ['TR-A1', 'TR-A3', 'TR-A4', 'TR-A6', 'TR-RTS', 'TR-SI'];
    expect(new Set(ofTier('level-1'))).toEqual(
      new Set([...numbered('TR-R', 0, 10), ...physiology, ...ratio, ...other]),
    );
  });

  it('YELLOW, SIPA and an isolated ratio in pregnancy are level 2', () => {
    expect(new Set(ofTier('level-2'))).toEqual(new Set([...numbered('TR-Y', 1, 15), 'TR-SIPA', 'TR-R17d']));
  });

  it('none is advice', () => {
    expect(ofTier('advice')).toEqual([]);
  });
});

describe('what is not asked, and the lines the terms share', () => {
  it.each([
    [aged(5), 80, 79],
    [aged(1), 72, 71],
    [aged(10), 90, 89],
    [aged(70), 90, 89],
    [daysOld(100), 70, 69],
    [daysOld(10), 60, 59],
  ])('TR-A1 of %o: not at %i, at %i', (patient, off, on) => {
    const ids = (systolicMmHg: number) => traumaIds(repeated({ vitals: { systolicMmHg }, patient }), 60);
    expect(ids(on)).toContain('TR-A1');
    expect(ids(off)).not.toContain('TR-A1');
  });

  it('a pressure not taken is asked for, not the pulse; a pattern of breathing not noted is not asked', () => {
    expect(promptsOf({})['TR-R14c']).toEqual(['systolicMmHg']);
    expect(promptsOf({})['TR-R12']).toEqual(['respiratoryDistress', 'airway']);
    expect(idsOf({ items: { breathing: 'absent' } })).toEqual(['TR-R12']);
    expect(idsOf({ items: { breathing: 'shallow' } })).toEqual([]);
  });

  it('motor 6 and "alert" answer the questions they answer', () => {
    const obeying = { gcs: { eye: 4, verbal: 5, motor: 6, notTestable: [] } };
    expect(promptsOf({ more: { ...obeying, consciousness: 'voice' } })['TR-R10']).toBeUndefined();
    expect(promptsOf({ more: { consciousness: 'alert' } })['TR-A3']).toBeUndefined();
    expect(promptsOf({ more: { consciousness: 'confusion' } })['TR-A3']).toBeUndefined();
    expect(promptsOf({ more: { consciousness: 'voice' } })['TR-A3']).toEqual(['gcsEye', 'gcsVerbal', 'gcsMotor']);
    const eight = { gcs: { eye: 1, verbal: 1, motor: 6, notTestable: [] }, consciousness: 'alert' };
    expect(idsOf({ more: eight })).toContain('TR-A3');
  });

  it.each([{ maternalBleeding: 'heavy' }, { maternalBleeding: 'light' }, { maternalAbdominalPain: true }])(
    'pregnant, heart rate above pressure, %o: level 1',
    (items) => {
      expect(idsOf({ items, vitals: { heartRateBpm: 121, systolicMmHg: 120 }, patient: pregnant })).toContain(
        'TR-R17c',
      );
    },
  );

  it('pregnant, heart rate above pressure, no vaginal bleeding: level 2', () => {
    const items = { maternalBleeding: 'none', maternalAbdominalPain: false };
    expect(idsOf({ items, vitals: { heartRateBpm: 121, systolicMmHg: 120 }, patient: pregnant })).toEqual(['TR-R17d']);
  });
});
