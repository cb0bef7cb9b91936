import { describe, expect, test } from 'vitest';
import { codesEn } from './codes-en.ts';
import { codesZhCN } from './codes-zh-CN.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

const sources = Object.values(
  import.meta.glob<string>(
    ['../**/*.{ts,tsx}', '../../../../console/src/**/*.{ts,tsx}', '!../**/*.test.*', '!./*.ts'],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
).join('\n');

describe('texts of the screens', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort());
  });

  test('both languages fill in the same placeholders', () => {
    for (const [key, text] of Object.entries(zhCN))
      expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text));
  });

  test('no text is empty', () => {
    for (const [key, text] of [...Object.entries(zhCN), ...Object.entries(en)]) expect(text, key).not.toBe('');
  });

  test('every key is used by a screen', () => {
    expect(sources).toContain('DeskBoardScreen');
    const unused = Object.keys(zhCN).filter((key) => !sources.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  test('both languages have words for the same codes', () => {
    const codes = (all: Record<string, Record<string, string>>) =>
      Object.entries(all).flatMap(([group, words]) => Object.keys(words).map((code) => `${group}.${code}`));
    expect(codes(codesEn).sort()).toEqual(codes(codesZhCN).sort());
  });

  test('Chinese texts use full-width punctuation between Chinese characters', () => {
    for (const [key, text] of Object.entries(zhCN))
      expect(text, key).not.toMatch(/[\u4e00-\u9fff][,:;?!][\u4e00-\u9fff]/);
  });
});
