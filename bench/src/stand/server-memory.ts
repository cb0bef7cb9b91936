import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Child } from './child.ts';

/** Bytes after a full collection. */
export interface MemoryReport {
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
}

export const probeOptions: readonly string[] = [
  '--expose-gc',
  '--import',
  path.resolve(import.meta.dirname, 'memory-probe.js'),
];

/** Only of a server that was started with `probeOptions`. */
export const memoryOf = (server: Child): Promise<MemoryReport> => server.ask<MemoryReport>({ do: 'memory' });

/** As the system sees it now, whatever could be collected. */
export function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes ?? Number.NaN) * 1_024;
}
