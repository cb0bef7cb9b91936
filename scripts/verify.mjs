// Everything that needs no service: `npm run verify`. One line a step; what failed is printed at the end.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inSeconds, runStep, tail } from './run-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { results: { type: 'string' }, only: { type: 'string' } } });
const node = (script, ...args) => ({ command: process.execPath, args: [script, ...args] });
const tool = (path, ...args) => node(`node_modules/${path}`, ...args);
const report = values.results ? ['--reporter=json', `--outputFile.json=${values.results}`] : [];

// The longest first, so that the short ones fill the gaps.
const steps = [
  {
    name: 'unit tests',
    ...tool('vitest/vitest.mjs', 'run', '--project=unit', '--project=ui', '--reporter=dot', ...report),
  },
  { name: 'types', ...tool('typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false') },
  { name: 'types web', ...tool('typescript/bin/tsc', '-p', 'tsconfig.web.json', '--pretty', 'false') },
  { name: 'types e2e', ...tool('typescript/bin/tsc', '-p', 'tsconfig.e2e.json', '--pretty', 'false') },
  { name: 'format', ...tool('prettier/bin/prettier.cjs', '--check', '--cache', '--log-level=warn', '.') },
  { name: 'lint', ...tool('oxlint/bin/oxlint', '--format=unix', '--quiet') },
  { name: 'dead code', ...tool('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  {
    name: 'directions',
    ...tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      'packages',
      'server',
      'console',
      'ambulance-client',
      'tests',
      'bench',
    ),
  },
  { name: 'doc paths', ...node('scripts/check-doc-paths.mjs') },
].filter((step) => !values.only || values.only.split(',').includes(step.name));

const waiting = [...steps];
const failures = [];
const startedAtMs = performance.now();

const work = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const outcome = await runStep({ ...step, cwd: root, limitSeconds: 180 });
    console.log(
      `${outcome.ok ? 'ok    ' : 'FAILED'} ${step.name.padEnd(12)} ${inSeconds(outcome.seconds).padStart(8)}`,
    );
    if (!outcome.ok) failures.push({ step, outcome });
  }
};

await Promise.all(Array.from({ length: Math.max(2, Math.min(4, availableParallelism())) }, work));

for (const { step, outcome } of failures) console.log(`\n── ${step.name} ──\n${tail(outcome.output, 80)}`);
console.log(
  `\nverify: ${steps.length - failures.length} of ${steps.length} steps passed in ${inSeconds((performance.now() - startedAtMs) / 1000)}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
