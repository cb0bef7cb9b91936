// `npm run evaluate -- FILE [--rules SET]`: a case in protocol shapes, folded and judged (docs/evaluate.md).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { importSource } from './import-source.mjs';

const usage = `
npm run evaluate -- FILE|- [--rules SET]

  FILE     { nowMs, events, samples } 病例事件与体征,JSON / a case's events and vitals; - reads standard input
  --rules  规则集 / the rule set: a built-in name (pentad-2), or a JSON file with a rule set or a site's overlay
  输出 / prints { ruleSet, nowMs, state, findings, scores, prompts, refused }    docs/evaluate.md
`;

function fail(message) {
  process.stderr.write(`  ✗ ${message}\n    npm run evaluate -- --help\n`);
  process.exit(2);
}

function argumentsGiven() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { rules: { type: 'string' }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return fail(error.message);
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    return fail(error instanceof SyntaxError ? `no JSON: ${file}` : `cannot be read (${error.code}): ${file}`);
  }
}

const { values, positionals } = argumentsGiven();
if (values.help) process.stdout.write(usage);
else {
  const [file, ...further] = positionals;
  if (file === undefined || further.length > 0) fail('one FILE, or - for standard input');
  const input = read(file);
  const { evaluated } = await importSource('scripts/evaluate/run-evaluate.ts');
  const { json, refusal } = evaluated(input, values.rules ?? null);
  if (refusal) fail(refusal);
  process.stdout.write(`${json}\n`);
}
