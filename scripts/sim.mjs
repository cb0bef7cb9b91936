// `npm run sim -- --seeds N --from S [--verbose]`: the deterministic simulator (tests/sim). One seed is one schedule;
// a failing seed prints its invariant and the end of its trace, and replays exactly.
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    planted: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/pentad-sim');
const outfile = join(folder, `run-${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [join(root, 'tests/sim/run-seeds.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  external: ['pino', 'pg', '@nats-io/*'],
});
try {
  const { runSeeds, reportOf, replaysExactly } = await import(pathToFileURL(outfile).href);
  const options = { planted: values.planted ?? null, isVerbose: values.verbose };
  const report = await runSeeds(Number(values.from), Number(values.seeds), options);
  console.log(reportOf(report));
  const last = report.outcomes.at(-1);
  const isSame = last === undefined || (await replaysExactly(last, options));
  console.log(isSame ? 'the last seed run again: the same trace' : 'THE LAST SEED RUN AGAIN GAVE ANOTHER TRACE');
  process.exitCode = report.failed || !isSame ? 1 : 0;
} finally {
  rmSync(outfile, { force: true });
}
