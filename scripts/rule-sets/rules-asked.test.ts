import { readFileSync } from 'node:fs';
import { pentad2 } from '@pentad/clinical/rule-sets/built-in';
import { expect, test } from 'vitest';
import { rulesAsked, RulesAskedError } from './rules-asked.ts';

const overlay = {
  version: 'site-1',
  basedOn: 'pentad-2',
  changes: [{ ruleId: 'TR-SI', by: 'A', reason: 'a reason', on: '2026-10-01', tier: 'level-2' }],
};
const asked = (name: string | null, text = '') => rulesAsked(name, () => text);

test('nothing asked and its own name are the rule set in use', () => {
  expect(asked(null)).toBe(pentad2);
  expect(asked('pentad-2')).toBe(pentad2);
});

test('a file holds a whole rule set or a site overlay', () => {
  expect(asked('own.json', JSON.stringify({ ...pentad2, version: 'own' })).version).toBe('own');
  expect(asked('site.json', JSON.stringify(overlay)).version).toBe('pentad-2+site-1');
});

test.each([
  ['{', 'site.json: no JSON'],
  ['null', 'site.json: rule set: '],
  [JSON.stringify({ ...overlay, changes: [] }), 'site.json: changes'],
  [
    JSON.stringify({ ...overlay, basedOn: 'pentad-1' }),
    'site.json: basedOn: "pentad-1" is not built in; built in: pentad-2',
  ],
])('a file with %s is refused with its name and the place', (text, message) => {
  expect(() => asked('site.json', text)).toThrow(RulesAskedError);
  expect(() => asked('site.json', text)).toThrow(message);
});

test('a name of nothing says what there is', () => {
  const read = () => rulesAsked('/nowhere/pentad-9', (file) => readFileSync(file, 'utf8'));
  expect(read).toThrow('/nowhere/pentad-9: no rule set that is built in (pentad-2), and no file to be read (ENOENT)');
});
