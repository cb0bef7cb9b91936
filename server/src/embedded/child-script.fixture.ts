import { build } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isRoot, type SystemUser } from './postgres-user.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

export type ChildScript = { pid: number; firstLine: string; kill(signal: NodeJS.Signals): Promise<void> };

/** Runs TypeScript (relative imports start in this folder) in another node process, until its first line of output. */
export async function runChildScript(source: string, user: SystemUser | null = null): Promise<ChildScript> {
  // Inside the checkout, where the bundle finds its packages.
  const dir = mkdtempSync(join(HERE, '..', '..', '..', 'node_modules', '.pentad-child-'));
  try {
    return await run(await bundle(source, dir), user);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Whether that user can run this node on this checkout: not when one of them lies in a home closed to others. */
export function canRunChildScriptAs(user: SystemUser): boolean {
  const look = 'require("node:fs").accessSync(process.argv[1])';
  return isRoot() && spawnSync(process.execPath, ['-e', look, HERE], { ...user }).status === 0;
}

async function bundle(source: string, dir: string): Promise<string> {
  const outfile = join(dir, 'script.mjs');
  await build({
    stdin: { contents: source, resolveDir: HERE, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  chmodSync(dir, 0o755);
  chmodSync(outfile, 0o644);
  return outfile;
}

async function run(script: string, user: SystemUser | null): Promise<ChildScript> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], ...user });
  const exited = once(child, 'exit');
  const firstLine = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)),
    exited.then(([code]) => Promise.reject(new Error(`the child script ended with ${String(code)}`))),
  ]);
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return { pid: child.pid ?? 0, firstLine, kill };
}
