// `npm test`: verify and then every suite within its budget (tests/budget.json). A failing suite does not stop the
// others. A suite that could not run is never counted as passed; with --require-all (CI) it is a failure.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inSeconds, runStep, tail } from './run-step.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    'require-all': { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const logs = join(root, 'node_modules/.cache/pentad-tests');
const budget = JSON.parse(readFileSync(join(root, 'tests/budget.json'), 'utf8'));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const GRACE_SECONDS = 30;

const programs = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  'nats-server': ['nats-server'],
};
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
const isFound = (need) =>
  (need === 'nats-server' && Boolean(process.env.NATS_URL)) ||
  (programs[need] ?? [need]).some((name) => folders.some((folder) => existsSync(join(folder, name))));

const listTestFiles = async () => {
  const list = join(logs, 'files.json');
  const outcome = await runStep({
    command: process.execPath,
    args: [vitest, 'list', '--filesOnly', `--json=${list}`],
    cwd: root,
  });
  if (!outcome.ok) throw new Error(`the test files cannot be listed:\n${outcome.output}`);
  return JSON.parse(readFileSync(list, 'utf8'));
};

const readCounts = (file) => {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + (numTodoTests ?? 0) };
};

const runSuite = async (suite, files) => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  const missing = (suite.needs ?? []).filter((need) => !isFound(need));
  if (suite.projects && !files.some((file) => suite.projects.includes(file.projectName)))
    return { state: 'none yet', seconds: 0, counts: none, note: 'no test file' };
  if (missing.length > 0)
    return { state: 'not run', seconds: 0, counts: none, note: `${missing.join(', ')} not found on this machine` };

  const slug = suite.name.replaceAll(' ', '-');
  const results = join(logs, `${slug}.json`);
  rmSync(results, { force: true });
  const args = suite.projects
    ? [
        vitest,
        'run',
        ...suite.projects.map((project) => `--project=${project}`),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${results}`,
      ]
    : [join(root, 'scripts/verify.mjs'), `--results=${results}`];
  const outcome = await runStep({
    command: process.execPath,
    args,
    cwd: root,
    limitSeconds: suite.seconds + GRACE_SECONDS,
  });
  writeFileSync(join(logs, `${slug}.log`), `${outcome.output}\n`);
  const counts = readCounts(results);
  const isOver = outcome.seconds > suite.seconds;
  const note = isOver ? `over its budget of ${suite.seconds} s` : '';
  if (!outcome.ok || isOver) return { state: 'FAILED', seconds: outcome.seconds, counts, note, output: outcome.output };
  if (suite.projects && counts.passed === 0)
    return { state: 'not run', seconds: outcome.seconds, counts, note: 'every test was skipped' };
  return { state: 'passed', seconds: outcome.seconds, counts, note };
};

mkdirSync(logs, { recursive: true });
const files = await listTestFiles();
const rows = [];
for (const suite of budget.suites.filter(({ name }) => !values.only || values.only.split(',').includes(name))) {
  console.log(`\n▶ ${suite.name} (within ${suite.seconds} s)`);
  const row = { suite, ...(await runSuite(suite, files)) };
  rows.push(row);
  console.log(`  ${row.state} in ${inSeconds(row.seconds)}${row.note ? `: ${row.note}` : ''}`);
  if (row.state === 'FAILED') console.log(tail(row.output, 200).replaceAll(/^/gm, '  │ '));
  if (row.state === 'not run') console.log(`  !!! ${suite.name} WAS NOT RUN: ${row.note}`);
}

const totalSeconds = rows.reduce((sum, row) => sum + row.seconds, 0);
const sumOf = (count) => rows.reduce((sum, row) => sum + row.counts[count], 0);
const named = (state) => rows.filter((row) => row.state === state).map((row) => row.suite.name);
const isOverTotal = totalSeconds > budget.totalSeconds;

console.log('\nsuite                state       seconds  budget   passed  failed  skipped');
for (const { suite, state, seconds, counts, note } of rows)
  console.log(
    [
      suite.name.padEnd(20),
      state.padEnd(9),
      seconds.toFixed(1).padStart(9),
      String(suite.seconds).padStart(7),
      String(counts.passed).padStart(8),
      String(counts.failed).padStart(7),
      String(counts.skipped).padStart(8),
      note ? `  ${note}` : '',
    ].join(' '),
  );
console.log(`total ${inSeconds(totalSeconds)} of ${budget.totalSeconds} s${isOverTotal ? ': OVER BUDGET' : ''}`);
if (named('none yet').length > 0) console.log(`none yet: ${named('none yet').join(', ')}`);
if (named('not run').length > 0) console.log(`NOT RUN: ${named('not run').join(', ')}`);

const hasFailed = named('FAILED').length > 0 || isOverTotal || (values['require-all'] && named('not run').length > 0);
console.log(hasFailed ? `FAILED: ${named('FAILED').join(', ') || 'see above'}` : 'all that ran has passed');
console.log(`\n${sumOf('passed')} passed, ${sumOf('failed')} failed, ${sumOf('skipped')} skipped`);
process.exitCode = hasFailed ? 1 : 0;
