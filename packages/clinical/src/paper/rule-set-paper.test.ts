import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { pentad2 } from '../rule-sets/built-in.ts';
import { ruleSetDefinitionOf } from '../rules/load-rule-set.ts';
import { withOverlay } from '../rules/rule-overlay.ts';
import { ruleSetPaper } from './rule-set-paper.ts';

const said = { zh: '心率快', en: 'fast heart' };
const signed = { source: 'a table', status: 'found' };
const rule = (id: string, specialty: string, tier: string, more = {}) => ({
  id,
  version: '3',
  specialty,
  tier,
  name: said,
  meaning: said,
  when: 'isFast',
  ...signed,
  ...more,
});
const definition = ruleSetDefinitionOf({
  version: 'small',
  terms: [{ name: 'isFast', meaning: said, when: 'heartRateBpm > 130', ...signed }],
  rules: [
    rule('E-ADVICE', 'emergency', 'advice', { status: 'design-needs-sign-off' }),
    rule('E-ONE', 'emergency', 'level-1', {
      over: 'heartRateBpm < 120',
      asksWhile: 'isAdult',
      sustainedS: 60,
      setsApartS: 600,
      score: 'news2',
      status: 'from-knowledge',
      source: 'a *star* | <b>bar</b>, < 9',
    }),
    rule('S-ONE', 'stroke', 'level-1'),
  ],
  flags: [{ code: 'a-flag', specialties: ['stroke'], name: said, when: 'not isFast', ...signed }],
});
const paper = ruleSetPaper(definition);
const ofRule = (id: string, text = paper): string => text.split(`#### ${id} `)[1]?.split('\n#### ')[0] ?? '';

describe('a rule set on paper', () => {
  it('begins with what awaits sign-off', () => {
    const [, first] = paper.split(/^## /m);
    expect(first).toContain('待签署');
    expect(first).toContain('3 条规则中 2 条待临床签署');
    expect(first).toContain('Of 3 rules 2 await');
    expect(first).toContain('| 急诊科 Emergency department | 0 | 1 | 1 |');
    expect(first).toContain('- 急诊科 Emergency department：E-ADVICE、E-ONE');
    expect(first).not.toContain('S-ONE');
  });

  it('has its rules by specialty and tier', () => {
    const headings = paper.match(/^#{2,4} \S+/gm);
    expect(headings?.slice(1, 9)).toEqual([
      '## 卒中中心',
      '### 一级',
      '#### S-ONE',
      '## 急诊科',
      '### 一级',
      '#### E-ONE',
      '### 请会诊',
      '#### E-ADVICE',
    ]);
  });

  it('says of a rule all that is judged and where it is from', () => {
    const text = ofRule('E-ONE');
    for (const part of [
      '心率快 fast heart',
      '版本 version 3',
      '  - 「心率快」\n  - “fast heart”',
      '  - 心率 < 120 次/分\n  - heart rate < 120/min',
      '持续 60 秒',
      '至少 600 秒',
      '成人（≥16 岁）',
      'NEWS2',
      '凭知识，原文未核',
    ])
      expect(text).toContain(part);
    expect(ofRule('S-ONE')).toContain('有出处');
    expect(ofRule('S-ONE')).toContain('持续 30 秒');
    expect(ofRule('E-ADVICE')).toContain('本产品设计，待签署');
  });

  it('takes nothing in a text for markup', () => {
    expect(ofRule('E-ONE')).toContain(String.raw`a \*star\* \| \<b>bar\</b>, < 9`);
  });

  it('says the flags, the terms, the scores and the units', () => {
    expect(paper).toContain('**随何警报 Travels with**：卒中中心 Stroke center');
    expect(paper).toContain('- a-flag');
    expect(paper).toContain('- isFast');
    expect(paper).toContain('RCP NEWS2 2017');
    expect(paper).toContain('| 心率 heart rate | 次/分 /min |');
  });

  it('shows what a site changed, by whom, when and why, and does not call it found', () => {
    const change = { by: '李主任', reason: '本院阈值', on: '2026-10-01' };
    const changes = [
      { ruleId: 'S-ONE', ...change, when: 'heartRateBpm > 150', tier: 'level-2' },
      { ruleId: 'E-ONE', ...change, isOff: true },
    ];
    const site = ruleSetPaper(withOverlay({ version: 'site-1', basedOn: 'small', changes }, definition));
    expect(paper).not.toContain('本院改动');
    expect(site).toContain('- S-ONE：tier, when；李主任，2026-10-01：本院阈值');
    expect(site).toContain('- E-ONE：停用 off；李主任，2026-10-01：本院阈值');
    expect(ofRule('S-ONE', site)).toContain('本院改动（原：有出处）');
    expect(ofRule('S-ONE', site)).toContain('心率 > 150 次/分');
    expect(ofRule('E-ONE', site)).toBe('');
  });
});

test('docs/clinical-rules.md is what the rules say; mend it with `npm run clinical-rules`', () => {
  const file = fileURLToPath(new URL('../../../../docs/clinical-rules.md', import.meta.url));
  expect(readFileSync(file, 'utf8') === ruleSetPaper(pentad2), 'npm run clinical-rules').toBe(true);
});

test('nothing of the language of the rules is left on paper: every fact and answer has a name', () => {
  const text = ruleSetPaper(pentad2);
  const codes = pentad2.rules.flatMap(({ when }) => when.match(/\b[a-z]+(?:[A-Z0-9][a-z0-9]*)+\b/g) ?? []);
  const terms = new Set(pentad2.terms.map(({ name }) => name));
  const conditions = text.match(/^ {2,}- .*$/gm)?.join('\n') ?? '';
  const left = [...new Set(codes)].filter((name) => !terms.has(name) && new RegExp(`\\b${name}\\b`).test(conditions));
  expect(left.filter((name) => name !== 'atLeast')).toEqual([]);
});
