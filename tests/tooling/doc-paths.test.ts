import { expect, onTestFinished, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

const ground = {
  'package.json': JSON.stringify({ name: 'planted', scripts: { verify: 'true', test: 'true' } }),
  'server/package.json': JSON.stringify({ name: '@pentad/server', scripts: { migrate: 'true' } }),
  'server/src/config.ts': '',
  'docs/protocol.md': '# Protocol\n',
  'docs/adr/0001-log.md': '',
};

async function check(readme: string) {
  const tree = plantTree({ ...ground, 'README.md': readme }, ['scripts/check-doc-paths.mjs']);
  onTestFinished(tree.remove);
  return tree.run('scripts/check-doc-paths.mjs');
}

test('paths, links, globs and scripts that exist are accepted', async () => {
  const { code, output } = await check(
    [
      'Read `server/src/config.ts`, `config.ts`, `server/src/*.ts`, `docs/adr/` and [the wire](docs/protocol.md#lanes).',
      'Run `npm run verify`, `npm test` and `npm run migrate -w @pentad/server`.',
      'Not paths: `/v1/uplink`, `application/json`, `pentad.v1.up.<vehicle>.evt`, `https://example.org/a.md`, `@pentad/ui`.',
      'Built: `server/dist/main.js`. Elsewhere: `other/place.ts` <!-- doc-paths: skip -->',
      '```sh\nnpm run verify\nnode server/src/config.ts\n```',
    ].join('\n'),
  );
  expect(output).toContain('0 problems');
  expect(code).toBe(0);
});

test('every path and script that does not exist is named with its line', async () => {
  const { code, output } = await check(
    [
      'One `server/src/gone.ts`, two `docs/lost/`, three [link](docs/none.md), four `forgotten.ts`.',
      'Five `npm run nothing`, six `npm run migrate`, seven `server/src/*.sql`, eight `tools/x.mjs`.',
      '```sh\nnpm run never\nnode server/src/absent.ts\n```',
      '<img src="docs/picture.png">',
    ].join('\n'),
  );
  expect(code).toBe(1);
  const firstLine = ['server/src/gone.ts', 'docs/lost/', 'docs/none.md', 'forgotten.ts'];
  for (const path of firstLine) expect(output).toContain(`README.md:1: ${path} does not exist`);
  for (const path of ['server/src/*.sql', 'tools/x.mjs'])
    expect(output).toContain(`README.md:2: ${path} does not exist`);
  for (const script of ['nothing', 'migrate'])
    expect(output).toContain(`README.md:2: npm script ${script} does not exist`);
  expect(output).toContain('README.md:4: npm script never does not exist');
  expect(output).toContain('README.md:5: server/src/absent.ts does not exist');
  expect(output).toContain('README.md:7: docs/picture.png does not exist');
  expect(output).toContain('11 problems');
});
