import { beforeAll, describe, expect, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

const CONFIGURATION = ['.oxlintrc.json', 'scripts/lint', 'tsconfig.json', 'tsconfig.web.json', 'tsconfig.base.json'];

// Each line: a file, the rule that must name it, the faulty text. One run of oxlint looks at all of them.
const faults: [file: string, rule: string, fault: string][] = [
  ['packages/clinical/src/a.ts', 'house(no-ambient-clock)', 'export const at = (): number => Date.now();'],
  ['packages/clinical/src/b.ts', 'house(no-ambient-clock)', 'export const at = (): Date => new Date();'],
  ['packages/protocol/src/c.ts', 'house(no-ambient-clock)', 'export const dice = (): number => Math.random();'],
  [
    'server/src/cases/d.ts',
    'house(no-ambient-clock)',
    'export const later = (f: () => void): unknown => setTimeout(f, 3);',
  ],
  [
    'server/src/audit/e.ts',
    'house(no-ambient-clock)',
    'export const later = (f: () => void): unknown => setInterval(f, 3);',
  ],
  [
    'server/src/shards/e2.ts',
    'house(no-ambient-clock)',
    "import { setTimeout as nap } from 'node:timers/promises';\nexport const wait = nap;",
  ],
  ['server/src/http/f.ts', 'house(environment-only-in-config)', "export const home = process.env['HOME'];"],
  ['server/src/http/g.ts', 'house(environment-only-in-config)', 'const { env } = process;\nexport const home = env;'],
  [
    'server/src/http/h.ts',
    'house(environment-only-in-config)',
    "import { env } from 'node:process';\nexport const home = env;",
  ],
  [
    'console/src/i.ts',
    'house(no-html-injection)',
    'export const draw = (e: HTMLElement, s: string): void => {\n  e.innerHTML = s;\n};',
  ],
  [
    'console/src/j.ts',
    'house(no-html-injection)',
    "export const draw = (e: Element, s: string): void => e.insertAdjacentHTML('afterend', s);",
  ],
  [
    'server/src/ws/k.ts',
    'house(no-cast-from-json)',
    'export const read = (s: string): { a: 1 } => JSON.parse(s) as { a: 1 };',
  ],
  ['server/src/ws/l.ts', 'eslint(no-console)', 'console.log(1);'],
  ['ambulance-client/agent/src/m.ts', 'eslint(no-console)', 'console.error(1);'],
  [
    'server/src/cases/n.ts',
    'eslint(no-restricted-imports)',
    "import pg from 'pg';\nexport const pool = new pg.Pool();",
  ],
  [
    'server/src/http/o.ts',
    'eslint(no-restricted-imports)',
    "import { sql } from 'drizzle-orm';\nexport const one = sql;",
  ],
  [
    'server/src/cases/p.ts',
    'eslint(no-restricted-imports)',
    "import type { PgTable } from 'drizzle-orm/pg-core';\nexport type T = PgTable;",
  ],
  [
    'server/src/cases/q.ts',
    'house(no-query-outside-store)',
    'export const x = (pool: { query: (s: string) => unknown }): unknown => pool.query("SELECT 1");',
  ],
  [
    'server/src/cases/q-store.ts',
    'house(no-query-outside-store)',
    'export const x = (tx: { query: (s: string) => unknown }): unknown => tx.query("BEGIN");',
  ],
  [
    'server/src/db/transaction.ts',
    'house(one-door-to-transactions)',
    'export const leak = (pool: { query: (s: string) => unknown }): unknown => pool.query("BEGIN");',
  ],
  [
    'server/src/db/drizzle.ts',
    'house(one-door-to-transactions)',
    'const leak = (db: { transaction: (f: unknown) => unknown }): unknown => db.transaction(1);\nexport { leak };',
  ],
  [
    'server/src/db/drizzle2.ts',
    'house(one-door-to-transactions)',
    'const text = (): string => "BEGIN; SELECT 1";\nexport const leak = (f: (s: string) => void): void => f(text());',
  ],
  [
    'server/src/desks/desk-store.ts',
    'house(guarded-transaction)',
    'interface Db {\n  withActor: (actor: string, work: () => void) => unknown;\n}\ndeclare const authorize: () => void;\nexport const createStore = (db: Db): unknown => ({\n  one: () => authorize(),\n  two: (actor: string) => db.withActor(actor, () => undefined),\n});',
  ],
  [
    'server/src/cases/open-case.ts',
    'house(guarded-transaction)',
    'declare const withActor: (actor: string, work: () => void) => unknown;\nexport const openCase = (): unknown => withActor("a", () => undefined);',
  ],
  ['server/src/cases/r.ts', 'typescript(no-explicit-any)', 'export const x: any = 1;'],
  [
    'server/src/cases/s.ts',
    'typescript(no-floating-promises)',
    'const go = async (): Promise<void> => {};\nexport const run = (): void => {\n  go();\n};',
  ],
  [
    'server/src/cases/t.ts',
    'typescript(no-misused-promises)',
    'const go = async (): Promise<void> => {};\nexport const run = (): void => [1].forEach(go);',
  ],
  [
    'server/src/cases/u.ts',
    'typescript(switch-exhaustiveness-check)',
    "export const f = (k: 'a' | 'b'): number => {\n  switch (k) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n};",
  ],
  ['server/src/cases/caseUtils.ts', 'house(file-name)', 'export const one = 1;'],
  ['server/src/cases/case-helpers.ts', 'house(file-name)', 'export const one = 1;'],
  ['server/src/cases/v.ts', 'import(no-default-export)', 'export default 1;'],
  [
    'server/src/cases/w.ts',
    'eslint(max-lines)',
    Array.from({ length: 301 }, (_, n) => `export const x${n} = ${n};`).join('\n'),
  ],
  [
    'console/src/x.tsx',
    'solid(no-destructure)',
    'export function Tile({ name }: { name: string }) {\n  return <p>{name}</p>;\n}',
  ],
  [
    'packages/ui/src/y.tsx',
    'solid(no-innerhtml)',
    'export function Tile(props: { html: string }) {\n  return <p innerHTML={props.html} />;\n}',
  ],
  [
    'packages/ui/src/z.tsx',
    'solid(reactivity)',
    'export function Tile(props: { n: number }) {\n  const twice = props.n * 2;\n  return <p>{twice}</p>;\n}',
  ],
];

const allowed: [file: string, text: string][] = [
  ['packages/clinical/src/ok-a.ts', 'export const at = (ms: number): Date => new Date(ms);'],
  ['packages/clinical/src/ok-b.test.ts', 'export const at = Date.now();'],
  ['server/src/platform/ok-c.ts', 'export const nowMs = (): number => Date.now();'],
  [
    'server/src/main.ts',
    'declare const readConfig: (e: unknown) => unknown;\nexport const config = readConfig(process.env);',
  ],
  ['server/src/config.ts', "export const home = process.env['HOME'];"],
  ['server/src/cases/case-store.ts', "import { sql } from 'drizzle-orm';\nexport const one = sql;"],
  ['server/src/db/client.ts', "import pg from 'pg';\nexport const pool = new pg.Pool();"],
  ['server/src/ws/ok-d.ts', 'export const read = (s: string): unknown => JSON.parse(s) as unknown;'],
  ['scripts/ok-e.mjs', 'console.log(1);'],
  ['packages/ui/src/i18n/codes-zh-CN.ts', 'export const one = 1;'],
  ['vite.config.ts', 'export default {};'],
  [
    'server/src/db/door/transaction.ts',
    [
      'const text = (): string => "BEGIN";',
      'export const createDb = (pool: { query: (s: string) => unknown }): unknown => ({ withActor: () => pool.query(text()) });',
    ].join('\n'),
  ],
  [
    'server/src/shards/lease-store.ts',
    [
      'interface Db {\n  withActor: (actor: unknown, work: () => void) => unknown;\n}',
      'declare const systemActor: (role: string) => unknown;',
      "const ingest = systemActor('ingest');",
      'export const renew = (db: Db): unknown => db.withActor(ingest, () => undefined);',
    ].join('\n'),
  ],
  [
    'server/src/cases/close-case.ts',
    [
      'declare const withActor: (actor: string, work: () => void) => unknown;',
      'declare const authorize: (actor: string) => void;',
      'declare const appendAudit: () => void;',
      'export const closeCase = (actor: string): unknown => {',
      '  authorize(actor);',
      '  return withActor(actor, () => appendAudit());',
      '};',
    ].join('\n'),
  ],
];

describe('oxlint with the rules of the house', () => {
  let output = '';
  beforeAll(async () => {
    const tree = plantTree(
      Object.fromEntries([...faults.map(([file, , text]) => [file, text]), ...allowed]),
      CONFIGURATION,
    );
    ({ output } = await tree.run('node_modules/oxlint/bin/oxlint', '--format=unix'));
    return tree.remove;
  });

  test.each(faults)('%s is refused: %s', (file, rule) => {
    const lines = output.split('\n').filter((line) => line.startsWith(`${file}:`));
    expect(lines.join('\n')).toContain(rule);
  });

  test.each(allowed)('%s is allowed', (file) => {
    expect(output).toContain('problems');
    expect(output.split('\n').filter((line) => line.startsWith(`${file}:`))).toEqual([]);
  });
});
