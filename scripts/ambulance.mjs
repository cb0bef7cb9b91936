// `npm run ambulance -- --help`: one agent against any server, fed from files, receivers and monitors (docs/ambulance.md).
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = path.join(root, 'ambulance-client/agent/dist/ambulance-main.js');
await build({
  entryPoints: [path.join(root, 'ambulance-client/agent/src/ambulance-main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'error',
  external: ['libsql', 'sharp'],
  // CommonJS dependencies look for `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
const { runAmbulance } = await import(pathToFileURL(outfile).href);
const stop = new AbortController();
/** npm passes on the Ctrl-C that the terminal has sent already: that is not a second one. */
const ONE_PRESS_MS = 500;
let stoppedAtMs = 0;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    // The second time nothing is waited for: what was captured is in the journal.
    if (stop.signal.aborted && performance.now() - stoppedAtMs > ONE_PRESS_MS) process.exit(130);
    if (!stop.signal.aborted) stoppedAtMs = performance.now();
    stop.abort();
  });
const code = await runAmbulance(process.argv.slice(2), {
  root,
  dataDir: path.resolve(process.env.PENTAD_DATA_DIR ?? path.join(root, '.pentad')),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  signal: stop.signal,
});
process.exit(code);
