import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export type PlantedTree = {
  path: string;
  /** Runs a node script that lies in the tree (its libraries are there); never throws. */
  run: (script: string, ...args: string[]) => Promise<{ code: number; output: string }>;
  remove: () => void;
};

/** The repository itself, for what is asked of the real files. */
export const repository = {
  path: inRepository(''),
  run: (script: string, ...args: string[]) => runNode(inRepository(''), script, args),
};

/** A small repository in a temporary folder, with the repository's own configuration and libraries. */
export function plantTree(files: Record<string, string>, configuration: string[] = []): PlantedTree {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'pentad-planted-')));
  for (const name of configuration) cpSync(inRepository(name), join(path, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  linkLibraries(path);
  return {
    path,
    run: (script, ...args) => runNode(path, script, args),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

// The planted packages stand for @pentad/*; every other library is the repository's.
function linkLibraries(path: string): void {
  const libraries = inRepository('node_modules');
  mkdirSync(join(path, 'node_modules/@pentad'), { recursive: true });
  for (const name of readdirSync(libraries))
    if (name === '.bin' || (!name.startsWith('.') && name !== '@pentad'))
      symlinkSync(join(libraries, name), join(path, 'node_modules', name));
  for (const name of ['protocol', 'clinical', 'ui'])
    symlinkSync(join(path, 'packages', name), join(path, 'node_modules/@pentad', name));
  symlinkSync(join(path, 'server'), join(path, 'node_modules/@pentad/server'));
}

function runNode(cwd: string, script: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(cwd, script), ...args], { cwd, timeout: 25_000 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ code, output: stdout + stderr });
    });
  });
}
