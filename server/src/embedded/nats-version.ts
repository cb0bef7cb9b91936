import { execFileSync } from 'node:child_process';

const SAFE_VERSION = [2, 12, 7] as const;

/** The version a nats-server reports, or null when the file is not a nats-server that runs here. */
export function readNatsVersion(path: string): string | null {
  try {
    const output = execFileSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return /nats-server: v(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null;
  } catch {
    return null;
  }
}

export function listNatsVersionWarnings(version: string): string[] {
  const found = version.split('.').map(Number);
  for (const [index, wanted] of SAFE_VERSION.entries()) {
    const part = found[index] ?? 0;
    if (part > wanted) return [];
    if (part < wanted)
      return [`nats-server ${version} has known CVEs: use ${SAFE_VERSION.join('.')} or later outside a demo`];
  }
  return [];
}
