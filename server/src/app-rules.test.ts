import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pentad2 } from '@pentad/clinical/rule-sets/built-in';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadRules } from './app-rules.ts';
import { ConfigError } from './config.ts';
import { createLogger } from './platform/logger.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pentad-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const overlay = {
  version: 'site-1',
  basedOn: 'pentad-2',
  changes: [{ ruleId: 'TR-SI', by: '李主任', reason: '本院阈值', on: '2026-10-01', isOff: true }],
};
function loaded(text: string | null) {
  const log = createLogger('silent');
  const info = vi.spyOn(log, 'info');
  const file = join(folder, 'overlay.json');
  if (text !== null) writeFileSync(file, text);
  return { file, info, rules: () => loadRules(text === null ? null : file, log) };
}

test('without an overlay the built-in rules judge', () => {
  const { info, rules } = loaded(null);
  expect(rules().version).toBe('pentad-2');
  expect(info).toHaveBeenCalledWith('rules.loaded', {
    ruleSet: 'pentad-2',
    rules: pentad2.rules.length,
    siteChanges: 0,
  });
});

test('with one its changes hold; the log says which set and how many rules, and names nobody', () => {
  const { info, rules } = loaded(JSON.stringify(overlay));
  const { version, rules: kept } = rules();
  expect(version).toBe('pentad-2+site-1');
  expect(kept.map(({ id }) => id)).toEqual(pentad2.rules.map(({ id }) => id).filter((id) => id !== 'TR-SI'));
  expect(info).toHaveBeenCalledWith('rules.loaded', { ruleSet: version, rules: kept.length, siteChanges: 1 });
  expect(JSON.stringify(info.mock.calls)).not.toContain('李主任');
});

test.each([
  ['{', 'is no JSON'],
  ['{}', ': version'],
  [JSON.stringify({ ...overlay, basedOn: 'pentad-1' }), ': basedOn: "pentad-1" is another set than "pentad-2"'],
  [JSON.stringify(overlay).replace('TR-SI', 'TR-XX'), ': changes[0] (TR-XX): no such rule'],
])('a server does not start on %s, and says why', (text, reason) => {
  const { file, rules } = loaded(text);
  expect(rules).toThrow(ConfigError);
  expect(rules).toThrow(`RULE_OVERLAY ${file}`);
  expect(rules).toThrow(reason);
});

test('a file that is not there is named', () => {
  expect(() => loadRules(join(folder, 'none.json'), createLogger('silent'))).toThrow('cannot be read (ENOENT)');
});
