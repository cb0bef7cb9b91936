// `npm run replay-rules -- --rules NEW [--against OLD] [--since DATE] [--json]`: stored cases through two rule sets
// (docs/rule-sets.md). Reads, and writes nothing.
import { parseArgs } from 'node:util';
import { importSource } from './import-source.mjs';
import { databaseProblem, databaseUrl, sayProgress, serverPackages } from './stored-database.mjs';

const usage = `
npm run replay-rules -- --rules NEW [--against OLD] [--since DATE] [--json]

  --rules    新规则集:内置名称,或规则集 / 本地修改的 JSON 文件 / a built-in name, or a JSON file with a set or a site's overlay
  --against  旧规则集,缺省为内置 / the set it is compared with; default: the built-in one
  --since    此日起开始的病例 / cases opened since this day (China's time) or instant
  --json     全部结果为 JSON / everything as JSON
  数据库 / works on DATABASE_URL, or the database of a running npm start    docs/rule-sets.md
`;

function fail(message) {
  process.stderr.write(`  ✗ ${message}\n    npm run replay-rules -- --help\n`);
  process.exit(2);
}

function argumentsGiven() {
  const text = { type: 'string' };
  const off = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { rules: text, against: text, since: text, json: off, help: off } }).values;
  } catch (error) {
    return fail(error.message);
  }
}

const { rules, against = null, since = null, json: isJson, help } = argumentsGiven();
if (help) process.stdout.write(usage);
else {
  if (!rules) fail('give --rules NEW');
  const url = databaseUrl() ?? fail('no DATABASE_URL, and no database of npm start was found');
  const { replayRules, isAskedWrongly } = await importSource('scripts/replay-rules/run-replay.ts', serverPackages);
  const asked = { databaseUrl: url, rules, against, since, isJson, onProgress: sayProgress };
  try {
    process.stdout.write(await replayRules(asked));
  } catch (error) {
    if (isAskedWrongly(error)) fail(error.message);
    fail(databaseProblem(error) ?? (error.stack || String(error)));
  }
}
