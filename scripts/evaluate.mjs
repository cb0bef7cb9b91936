// `npm run evaluate -- FILE [--rules NAME]`: a case in protocol shapes, folded and judged (docs/evaluate.md).
import { readFileSync, rmSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const usage = `
npm run evaluate -- FILE|- [--rules NAME]

  FILE     { nowMs, events, samples } 病例事件与体征,JSON / a case's events and vitals; - reads standard input
  --rules  规则集 / the rule set by name; default: the built-in one
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

async function evaluator() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = path.join(root, 'node_modules/.cache/pentad-evaluate');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `evaluate-${process.pid}.mjs`);
  try {
    await build({
      entryPoints: [path.join(root, 'scripts/evaluate/evaluate-case.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
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
  const { evaluateCase, EvaluateError } = await evaluator();
  try {
    process.stdout.write(`${JSON.stringify(evaluateCase(input, values.rules ?? null), null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof EvaluateError)) throw error;
    fail(error.message);
  }
}
