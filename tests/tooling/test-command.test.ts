import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

const holding = "import { expect, test } from 'vitest';\ntest('holds', () => expect(1).toBe(1));\n";
const failing = "import { expect, test } from 'vitest';\ntest('holds not', () => expect(1).toBe(2));\n";
const skipping = "import { test } from 'vitest';\ntest.skip('waits', () => undefined);\n";
const COMMANDS = ['scripts/test.mjs', 'scripts/run-step.mjs'];

const config = `export default { test: { projects: ['good', 'bad', 'slow', 'skipped', 'absent', 'needy'].map((name) =>
  ({ test: { name, include: [name + '/*.test.mjs'] } })) } };\n`;

const suite = (name: string, seconds = 60) => ({ name, projects: [name], seconds });

const suites = [
  suite('bad'),
  suite('good'),
  suite('slow', 0.1),
  suite('skipped'),
  suite('absent'),
  { ...suite('needy'), needs: ['no-such-program'] },
];

function plantSuites() {
  return plantTree(
    {
      'package.json': JSON.stringify({ name: 'planted', type: 'module' }),
      'vitest.config.mjs': config,
      'tests/budget.json': JSON.stringify({ totalSeconds: 900, suites }),
      'good/a.test.mjs': holding,
      'bad/a.test.mjs': failing,
      'slow/a.test.mjs': holding,
      'skipped/a.test.mjs': skipping,
      'needy/a.test.mjs': holding,
    },
    COMMANDS,
  );
}

describe('npm test', () => {
  let outcome = { code: 0, output: '' };
  let inCi = { code: 0, output: '' };
  beforeAll(async () => {
    const tree = plantSuites();
    outcome = await tree.run('scripts/test.mjs');
    inCi = await tree.run('scripts/test.mjs', '--only=absent,needy', '--require-all');
    return tree.remove;
  });

  test('a failing suite fails the command and does not stop the suites after it', () => {
    expect(outcome.code).toBe(1);
    expect(outcome.output).toMatch(/^bad +FAILED/m);
    expect(outcome.output).toContain('holds not');
    expect(outcome.output).toMatch(/^good +passed/m);
  });

  test('a suite over its budget is a failure, with its seconds', () => {
    expect(outcome.output).toMatch(/^slow +FAILED +\d+\.\d .*over its budget of 0\.1 s/m);
    expect(outcome.output).toContain('FAILED: bad, slow');
  });

  test('no file, nothing run and a missing program are said, and never counted as passed', () => {
    expect(outcome.output).toMatch(/^absent +none yet/m);
    expect(outcome.output).toMatch(/^skipped +not run .*every test was skipped/m);
    expect(outcome.output).toMatch(/needy WAS NOT RUN: no-such-program not found/);
    expect(outcome.output).toMatch(/^NOT RUN: skipped, needy$/m);
  });

  test('the last line counts the tests', () => {
    expect(outcome.output.trimEnd()).toMatch(/^2 passed, 1 failed, 1 skipped$/m);
  });

  test('CI refuses a suite that could not run, but not one that does not exist yet', () => {
    expect(inCi.code).toBe(1);
    expect(inCi.output).toContain('FAILED: see above');
    expect(inCi.output).toMatch(/^none yet: absent$/m);
  });
});

test('verify names every failing step and fails', async () => {
  const tree = plantTree(
    {
      'package.json': '{ "name": "planted", "type": "module" }\n',
      'README.md': 'See `server/src/gone.ts`.\n',
      'server/src/ugly.ts': 'export const   a = "x"\n',
    },
    [
      'scripts/verify.mjs',
      'scripts/run-step.mjs',
      'scripts/check-doc-paths.mjs',
      '.prettierrc.json',
      '.prettierignore',
    ],
  );
  onTestFinished(tree.remove);
  const { code, output } = await tree.run('scripts/verify.mjs', '--only=doc paths,format');
  expect(code).toBe(1);
  expect(output).toMatch(/^FAILED doc paths +\d+\.\d s$/m);
  expect(output).toContain('server/src/gone.ts does not exist');
  expect(output).toMatch(/^FAILED format +\d+\.\d s$/m);
  expect(output).toContain('server/src/ugly.ts');
  expect(output).toContain('verify: 0 of 2 steps passed');
});
