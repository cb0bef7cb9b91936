// `npm run clinical-rules`: writes docs/clinical-rules.md from the rules as data. For a site's own rules:
// `npm run clinical-rules -- --rules overlay.json --out FILE` (docs/rule-sets.md).
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importSource } from './import-source.mjs';

function fail(message) {
  process.stderr.write(`  ✗ ${message}\n    npm run clinical-rules [-- --rules SET --out FILE]\n`);
  process.exit(2);
}

function argumentsGiven() {
  try {
    return parseArgs({ options: { rules: { type: 'string' }, out: { type: 'string' } } }).values;
  } catch (error) {
    return fail(error.message);
  }
}

const { rules = null, out } = argumentsGiven();
if (rules !== null && !out) fail("--rules needs --out FILE: docs/clinical-rules.md holds the product's own rules");
const file = out ?? fileURLToPath(new URL('../docs/clinical-rules.md', import.meta.url));
// The product's own rules also name what its screens show.
const screens = out ? null : fileURLToPath(new URL('../packages/ui/src/i18n/clinical-words.json', import.meta.url));
const { writePaper } = await importSource('scripts/clinical-rules/write-paper.ts');
const written = writePaper(rules, file, screens);
if (written.refusal) fail(written.refusal);
process.stdout.write(`${written.rules} 条规则 rules: ${file}\n`);
