import { describe, expect, it, test } from 'vitest';
import { parseExpression } from '../expression/parse.ts';
import { codeWords } from './code-words.ts';
import { factWords } from './fact-words.ts';
import { StatementSpeaker, type Outline } from './statement-words.ts';
import type { Language } from './words.ts';

const terms = new Map([['shocked', { zh: '有休克', en: 'in shock' }]]);
const outline = (text: string, language: Language): Outline =>
  new StatementSpeaker(language, terms).outline(parseExpression(text));
const lines = ({ line, parts }: Outline, indent = ''): readonly string[] => [
  indent + line,
  ...parts.flatMap((part) => lines(part, `${indent}  `)),
];
const zh = (text: string) => lines(outline(text, 'zh'));
const en = (text: string) => lines(outline(text, 'en'));

test.each([
  ['heartRateBpm > 130', '心率 > 130 次/分', 'heart rate > 130/min'],
  ['spo2Percent < 90', '血氧饱和度 < 90%', 'SpO2 < 90%'],
  ['38 <= temperatureC', '38℃ ≤ 体温', '38℃ ≤ temperature'],
  ['news2 >= 7', '英国国家早期预警评分2 ≥ 7', 'NEWS2 ≥ 7'],
  ['gestationDays >= 144', '孕周（新生儿为出生孕周） ≥ 20+4 周', 'gestation (of a newborn: at birth) ≥ 20+4 weeks'],
  ['5 * heartRateBpm >= 6 * systolicMmHg', '5 × 心率 ≥ 6 × 收缩压', '5 × heart rate ≥ 6 × systolic pressure'],
  ['systolicMmHg - diastolicMmHg > 40', '收缩压 − 舒张压 > 40', 'systolic pressure − diastolic pressure > 40'],
  ['capillaryRefillS <= 0 - 1.5', '毛细血管再充盈时间 ≤ −1.5 秒', 'capillary refill ≤ −1.5 s'],
  ['isAdult', '成人（≥16 岁）', 'adult (16 years or older)'],
  ['not isPregnant', '妊娠：否', 'pregnant: no'],
  ['shocked', '「有休克」', '“in shock”'],
  ['not shocked', '并非「有休克」', 'not “in shock”'],
  ['certain(shocked)', '确知「有休克」', 'certainly “in shock”'],
  ['not certain(isPregnant)', '并不确知妊娠', 'not known to be pregnant'],
  ['sex = female', '性别 为 女', 'sex is female'],
  [
    'not consciousness in (pain, unresponsive)',
    '意识 不是 对疼痛有反应、无反应',
    'consciousness is not responds to pain or unresponsive',
  ],
  ['not (news2 >= 7)', '并非（英国国家早期预警评分2 ≥ 7）', 'not (NEWS2 ≥ 7)'],
  [
    'shocked and (isAdult or sex = male)',
    '「有休克」 且 （成人（≥16 岁） 或 性别 为 男）',
    '“in shock” and (adult (16 years or older) or sex is male)',
  ],
  [
    'atLeast(2, shocked, isPregnant, isAdult)',
    '至少 2 项（「有休克」；妊娠；成人（≥16 岁））',
    'at least 2 of (“in shock”; pregnant; adult (16 years or older))',
  ],
])('%s is said in one line', (text, chinese, english) => {
  expect(zh(text)).toEqual([chinese]);
  expect(en(text)).toEqual([english]);
});

describe('a long statement is laid out', () => {
  const long =
    'heartRateBpm > 130 and respiratoryRatePerMin > 29 and (spo2Percent < 90 or systolicMmHg < 90) and temperatureC < 35';

  it('with its parts below it', () => {
    expect(zh(long)).toEqual([
      '以下全部：',
      '  心率 > 130 次/分',
      '  呼吸频率 > 29 次/分',
      '  血氧饱和度 < 90% 或 收缩压 < 90 mmHg',
      '  体温 < 35℃',
    ]);
    expect(en(long)[3]).toBe('  SpO2 < 90% or systolic pressure < 90 mmHg');
  });

  it('with any, at least so many, none and not all of them', () => {
    const either = long.replaceAll(' and ', ' or ');
    expect(en(either)[0]).toBe('any of:');
    expect(en(`not (${either})`)[0]).toBe('none of:');
    expect(en(`not (${long})`).slice(0, 3)).toEqual(['not so:', '  all of:', '    heart rate > 130/min']);
    expect(en(`certain(${long})`)[0]).toBe('known for certain (unknown does not count):');
    expect(zh(`atLeast(2, ${long}, shocked, isAdult)`)[0]).toBe('以下至少 2 项：');
  });

  it('however long a single comparison is, on one line', () => {
    const sum = Array(12).fill('respiratoryRatePerMin').join(' + ');
    expect(en(`${sum} > 3`)).toHaveLength(1);
  });
});

test('a difference keeps its brackets and a name of nothing stays itself', () => {
  const nested = {
    kind: 'compare',
    comparison: '<',
    left: {
      kind: 'difference',
      left: { kind: 'measure', name: 'ageYears' },
      right: { kind: 'sum', left: { kind: 'number', value: 1 }, right: { kind: 'measure', name: 'ageDays' } },
    },
    right: { kind: 'number', value: 3 },
  } as const;
  expect(new StatementSpeaker('en', terms).outline(nested).line).toBe('age − (1 + age) < 3');
  expect(factWords('nothing')).toEqual({ zh: 'nothing', en: 'nothing', unit: null });
  expect(codeWords('sex', 'other').en).toBe('other');
  expect(codeWords('skin', 'mottled').zh).toBe('花斑');
  expect(codeWords('specialty', 'stroke').en).toBe('Stroke center');
});
