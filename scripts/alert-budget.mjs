// `npm run alert-budget [-- --rules SET] [--since DATE] [--json]`: how often each rule fires, over stored cases and over the
// recordings of the demo, beside what was estimated (docs/rule-sets.md). Reads, and writes nothing.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importSource } from './import-source.mjs';
import { databaseProblem, databaseUrl, sayProgress, serverPackages } from './stored-database.mjs';

const usage = `
npm run alert-budget [-- --rules SET] [--since DATE] [--json]

  --rules  规则集,缺省为内置 / a built-in name, or a JSON file with a rule set or a site's overlay; default: the built-in one
  --since  此日起开始的病例 / cases opened since this day (China's time) or instant
  --json   全部结果为 JSON / everything as JSON
  数据库 / DATABASE_URL, or the database of a running npm start; without either the recordings alone    docs/rule-sets.md
`;

function fail(message) {
  process.stderr.write(`  ✗ ${message}\n    npm run alert-budget -- --help\n`);
  process.exit(2);
}

function argumentsGiven() {
  const text = { type: 'string' };
  const off = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { rules: text, since: text, json: off, help: off } }).values;
  } catch (error) {
    return fail(error.message);
  }
}

const { rules = null, since = null, json: isJson, help } = argumentsGiven();
const at = (folder) => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));
if (help) process.stdout.write(usage);
else {
  const { alertBudget, isAskedWrongly } = await importSource('scripts/alert-budget/run-budget.ts', serverPackages);
  const place = { demoDir: at('demo'), recordingsDir: at('recordings') };
  const asked = { ...place, databaseUrl: databaseUrl(), rules, since, isJson, onProgress: sayProgress };
  try {
    process.stdout.write(await alertBudget(asked));
  } catch (error) {
    if (isAskedWrongly(error)) fail(error.message);
    fail(databaseProblem(error) ?? (error.stack || String(error)));
  }
}
