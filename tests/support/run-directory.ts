import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const repositoryRoot = path.resolve(import.meta.dirname, '../..');
const RUN_DIRECTORY = 'PENTAD_TEST_RUN_DIR';

/** One directory a vitest run, made by the global setup and removed by it; workers find it in their environment. */
export function makeRunDirectory(): { remove(): Promise<void> } | null {
  if (process.env[RUN_DIRECTORY] !== undefined) return null;
  const directory = mkdtempSync(path.join(tmpdir(), 'pentad-run-'));
  // Native modules stay outside the bundles and are looked up from where these lie.
  symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(directory, 'node_modules'));
  process.env[RUN_DIRECTORY] = directory;
  return {
    remove: async () => {
      delete process.env[RUN_DIRECTORY];
      for (const name of ['shared-postgres', 'region-postgres']) await removePostgresHome(path.join(directory, name));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function runDirectory(): string {
  const directory = process.env[RUN_DIRECTORY];
  if (directory === undefined) throw new Error('tests/support/global-services.ts has not run');
  return directory;
}

/** As root the cluster lies apart from its data directory, which notes where. */
async function removePostgresHome(dataDir: string): Promise<void> {
  const note = path.join(dataDir, 'postgres', 'home');
  if (existsSync(note)) await rm(readFileSync(note, 'utf8'), { recursive: true, force: true });
}

export const serverBundle = (): string => path.join(runDirectory(), 'server', 'dist', 'main.mjs');
export const agentBundle = (): string => path.join(runDirectory(), 'agent', 'dist', 'main.mjs');
