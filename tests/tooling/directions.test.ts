import { beforeAll, describe, expect, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

const nothing = 'export const nothing = 0;\n';
const exports = { './*.css': './src/*.css', './*': './src/*.ts' };
const manifest = (name: string, dependencies: string[] = []): string =>
  JSON.stringify({
    name: `@pentad/${name}`,
    version: '0.1.0',
    type: 'module',
    exports,
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
  });

const ground = {
  'package.json': JSON.stringify({ name: 'planted', private: true, workspaces: ['packages/*', 'server', 'console'] }),
  'packages/protocol/package.json': manifest('protocol', ['valibot']),
  'packages/clinical/package.json': manifest('clinical'),
  'packages/ui/package.json': manifest('ui', ['solid-js']),
  'server/package.json': manifest('server', ['pg', 'hono']),
  'console/package.json': manifest('console', ['solid-js']),
  'packages/protocol/src/ids.ts': nothing,
  'packages/clinical/src/tier.ts': nothing,
  'packages/ui/src/age.ts': nothing,
  'packages/ui/src/tokens.css': '',
  'ambulance-client/agent/src/journal.ts': nothing,
  'server/src/main.ts': "import './app.ts';\n",
  'server/src/app.ts': "import './http/routes.ts';\nimport './db/client.ts';\nimport './cases/case-store.ts';\n",
  'server/src/app-database.ts': "import './db/client.ts';\n",
  'server/src/config.ts': nothing,
  'server/src/platform/clock.ts': nothing,
  'server/src/db/client.ts': "import pg from 'pg';\nexport const pool = new pg.Pool();\n",
  'server/src/db/transaction.ts': nothing,
  'server/src/http/routes.ts': nothing,
  'server/src/ws/socket.ts': nothing,
  'server/src/audit/append-audit.ts': nothing,
  'server/src/audit/audit-store.ts': nothing,
  'server/src/cases/case.ts': nothing,
  'server/src/cases/case-store.ts': nothing,
  'server/src/desks/desk.ts': nothing,
  'tests/support/builders.ts': nothing,
};

// From, to as it is written there, the rule that must name it.
const forbidden: [from: string, specifier: string, rule: string][] = [
  ['packages/protocol/src/a.ts', '../../clinical/src/tier.ts', 'not-in-allowed'],
  ['packages/protocol/src/b.ts', 'node:fs', 'not-in-allowed'],
  ['packages/clinical/src/c.ts', '../../../server/src/cases/case.ts', 'not-in-allowed'],
  ['packages/clinical/src/d.ts', 'node:crypto', 'not-in-allowed'],
  ['packages/clinical/src/d2.ts', 'pg', 'not-in-allowed'],
  ['packages/ui/src/e.ts', '@pentad/clinical/tier', 'not-in-allowed'],
  ['console/src/f.ts', '@pentad/clinical/tier', 'not-in-allowed'],
  ['console/src/g.ts', '@pentad/server/http/routes', 'not-in-allowed'],
  ['console/src/h.ts', '@pentad/server/cases/case', 'not-in-allowed'],
  ['ambulance-client/agent/src/i.ts', '../../../server/src/cases/case.ts', 'not-in-allowed'],
  ['server/src/cases/j.ts', '../http/routes.ts', 'domain-not-to-edge'],
  ['server/src/cases/k.ts', '../db/client.ts', 'not-in-allowed'],
  ['server/src/desks/l.ts', '../cases/case-store.ts', 'a-store-belongs-to-its-folder'],
  ['server/src/http/m.ts', '../cases/case-store.ts', 'a-store-belongs-to-its-folder'],
  ['server/src/http/n.ts', '../ws/socket.ts', 'not-in-allowed'],
  ['server/src/http/o.ts', '../db/transaction.ts', 'not-in-allowed'],
  ['server/src/http/p.ts', '../app.ts', 'only-main-imports-app'],
  ['server/src/http/p2.ts', '../app-database.ts', 'only-main-imports-app'],
  ['server/src/platform/q.ts', '../cases/case.ts', 'not-in-allowed'],
  ['server/src/audit/r.ts', '../cases/case.ts', 'not-in-allowed'],
  ['server/src/cases/s.ts', '../config.ts', 'not-in-allowed'],
  ['server/src/cases/t.ts', '../../../tests/support/builders.ts', 'product-not-to-test-support'],
  ['packages/protocol/src/t2.ts', './testing/ok-m3.ts', 'product-not-to-test-support'],
  ['server/src/cases/u.ts', './nowhere.ts', 'resolves'],
  ['server/src/cases/v.ts', '@pentad/protocol/nowhere', 'resolves'],
  ['server/src/db/w.ts', '../cases/case.ts', 'not-in-allowed'],
  ['server/src/ws/x.ts', '../main.ts', 'nobody-imports-main'],
];

const allowed: [from: string, specifier: string][] = [
  ['packages/protocol/src/ok-a.ts', 'valibot'],
  ['packages/clinical/src/ok-b.ts', '@pentad/protocol/ids'],
  ['packages/ui/src/ok-c.ts', '@pentad/protocol/ids'],
  ['console/src/ok-d.ts', '@pentad/ui/age'],
  ['console/src/ok-e.ts', '@pentad/ui/tokens.css'],
  ['console/src/ok-f.ts', 'solid-js'],
  ['server/src/http/ok-g.ts', '../cases/case.ts'],
  ['server/src/http/ok-h.ts', 'hono'],
  ['server/src/cases/ok-i.ts', './case-store.ts'],
  ['server/src/cases/ok-j.ts', '../desks/desk.ts'],
  ['server/src/cases/ok-k.ts', '../db/transaction.ts'],
  ['server/src/cases/ok-l.ts', '@pentad/clinical/tier'],
  ['server/src/cases/ok-m.ts', '../audit/append-audit.ts'],
  ['server/src/cases/ok-m2.ts', '../audit/audit-store.ts'],
  ['packages/protocol/src/testing/ok-m3.ts', 'node:fs'],
  ['server/src/cases/ok-n-store.ts', '../db/client.ts'],
  ['server/src/cases/ok-o.test.ts', '../../../tests/support/builders.ts'],
  ['ambulance-client/agent/src/ok-p.ts', '@pentad/clinical/tier'],
];

const cycle = {
  'server/src/desks/one.ts': "import { two } from './two.ts';\nexport const one = (): unknown => two;\n",
  'server/src/desks/two.ts': "import { one } from './one.ts';\nexport const two = (): unknown => one;\n",
};

describe('the directions of the house', () => {
  let lines: string[] = [];
  beforeAll(async () => {
    const planted = [...forbidden, ...allowed].map(([from, specifier]) => [from, `import '${specifier}';\n${nothing}`]);
    const typeOnly = {
      'console/src/ok-types.ts':
        "import type { nothing } from '@pentad/server/http/routes';\nexport type N = typeof nothing;\n",
    };
    const tree = plantTree({ ...ground, ...Object.fromEntries(planted), ...typeOnly, ...cycle }, [
      '.dependency-cruiser.cjs',
      'tsconfig.json',
      'tsconfig.base.json',
    ]);
    const folders = ['packages', 'server', 'console', 'ambulance-client', 'tests'];
    const { output } = await tree.run('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...folders);
    lines = output.split('\n');
    return tree.remove;
  });

  test.each(forbidden)('%s may not import %s (%s)', (from, _specifier, rule) => {
    expect(lines.filter((line) => line.includes(from)).join('\n')).toContain(rule);
  });

  test.each(allowed)('%s may import %s', (from) => {
    expect(lines.filter((line) => line.includes(` ${from} `))).toEqual([]);
  });

  test('the console may import types of the HTTP edge', () => {
    expect(lines.filter((line) => line.includes('ok-types'))).toEqual([]);
  });

  test('a cycle is an error', () => {
    expect(lines.some((line) => line.includes('no-cycles') && line.includes('server/src/desks/'))).toBe(true);
  });

  test('the ground itself has no violation', () => {
    expect(
      lines.filter((line) => line.includes('server/src/main.ts →') || line.includes('server/src/app.ts →')),
    ).toEqual([]);
  });
});
