import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plantTree, repository, type PlantedTree } from './planted-tree.ts';

const body = "import { expect, test } from 'vitest';\ntest('holds', () => expect(1).toBe(1));\n";
const suiteOf: Record<string, string> = {
  'packages/clinical/src/tier.test.ts': 'unit',
  'console/src/feed/apply-message.test.ts': 'unit',
  'console/src/board/board.test.tsx': 'ui',
  'tests/tooling/lint.test.ts': 'tooling',
  'server/src/cases/open-case.pg.test.ts': 'pg',
  'server/src/nats/streams.nats.test.ts': 'nats',
  'tests/faults/n4-kill.proc.test.ts': 'process',
  'tests/sim/ladder.sim.test.ts': 'sim',
  'tests/e2e/accept.e2e.ts': 'browser',
  'tests/security/access.test.ts': 'security',
  'tests/security/policies.pg.test.ts': 'security',
  'tests/install/first-start.test.ts': 'install',
  'tests/install/years.long.test.ts': 'long',
  'tests/faults/soak.long.test.ts': 'long',
};

type Tree = Pick<PlantedTree, 'path' | 'run'>;

async function listSuites(tree: Tree): Promise<[file: string, suite: string][]> {
  const folder = mkdtempSync(join(tmpdir(), 'pentad-suites-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await tree.run('node_modules/vitest/vitest.mjs', 'list', '--filesOnly', `--json=${join(folder, 'list.json')}`);
  const listed = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8')) as { file: string; projectName: string }[];
  return listed.map(({ file, projectName }) => [relative(tree.path, file), projectName]);
}

test('the suffix and the folder of a test file put it into exactly one suite', async () => {
  const files = Object.fromEntries(Object.keys(suiteOf).map((file) => [file, body]));
  const tree = plantTree(files, ['vitest.config.ts']);
  onTestFinished(tree.remove);
  const listed = await listSuites(tree);
  expect(Object.fromEntries(listed)).toEqual(suiteOf);
  expect(listed).toHaveLength(Object.keys(suiteOf).length);
});

const testFilesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|\.pentad|\.git)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFilesBelow(path);
    return /\.(test\.(ts|tsx|mjs)|e2e\.ts)$/.test(entry.name) ? [path] : [];
  });

test('every test file of the repository belongs to exactly one suite', async () => {
  const listed = await listSuites(repository);
  const onDisk = testFilesBelow(repository.path).map((file) => relative(repository.path, file));
  expect(listed.map(([file]) => file).toSorted()).toEqual(onDisk.toSorted());
});
