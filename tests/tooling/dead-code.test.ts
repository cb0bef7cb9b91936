import { expect, onTestFinished, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

test('knip names unused files, exports, dependencies and imports nobody declared', async () => {
  const tree = plantTree(
    {
      'package.json': JSON.stringify({
        name: 'planted',
        private: true,
        type: 'module',
        workspaces: ['packages/*', 'server'],
      }),
      'packages/protocol/package.json': JSON.stringify({
        name: '@pentad/protocol',
        type: 'module',
        exports: { './*': './src/*.ts' },
      }),
      'packages/protocol/src/ids.ts': 'export const used = 1;\nexport const forgotten = 2;\n',
      'server/package.json': JSON.stringify({
        name: '@pentad/server',
        type: 'module',
        exports: { './*': './src/*.ts' },
        dependencies: { '@pentad/protocol': '*', pino: '*' },
      }),
      'server/src/main.ts': "import { used } from '@pentad/protocol/ids';\nimport 'hono';\nvoid used;\n",
      'server/src/unused-verb.ts': 'export const neverCalled = 1;\n',
      'scripts/lost.sql.mjs': 'export const nothing = 1;\n',
    },
    ['knip.json', 'tsconfig.base.json', 'tsconfig.json'],
  );
  onTestFinished(tree.remove);
  const { code, output } = await tree.run('node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints');
  expect(code).toBe(1);
  expect(output).toMatch(/forgotten\s.*packages\/protocol\/src\/ids\.ts/);
  expect(output).not.toMatch(/^used\s/m);
  expect(output).toMatch(/neverCalled\s.*server\/src\/unused-verb\.ts/);
  expect(output).toMatch(/pino\s+server\/package\.json/);
  expect(output).toMatch(/hono\s+server\/src\/main\.ts/);
});
