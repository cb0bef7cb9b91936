// npm run clinical-cross-check -- --cases N --seed S: two readings of the clinical documents on generated cases.
import { parseArgs } from 'node:util';
import { importSource } from './import-source.mjs';

const usage = `
npm run clinical-cross-check -- [--cases N] [--seed S]

  --cases  病例数,缺省 20000 / how many generated cases
  --seed   随机种子,缺省随机并打印 / of the first case; drawn and printed when left out
  两套独立实现逐条比对 / packages/clinical against packages/auditor-rules, row by row; exit 1 on any difference
`;

function argumentsGiven() {
  try {
    return parseArgs({
      options: { cases: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    process.stderr.write(`  ✗ ${error.message}\n${usage}`);
    return process.exit(2);
  }
}

const { cases = '20000', seed = String(Math.floor(Math.random() * 1e9)), help } = argumentsGiven();
if (help) process.stdout.write(usage);
else if (![cases, seed].every((text) => /^\d{1,9}$/.test(text))) {
  process.stderr.write(`  ✗ --cases and --seed are whole numbers\n${usage}`);
  process.exitCode = 2;
} else {
  const { crossChecked } = await importSource('tests/clinical/run-cross-check.ts');
  const { text, isAgreed } = crossChecked(Number(cases), Number(seed));
  process.stdout.write(text);
  process.exitCode = isAgreed ? 0 : 1;
}
