import { appendFile, readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { ChainHead } from './audit-chain.ts';

const AnchorLine = v.object({
  atMs: v.number(),
  chain: v.string(),
  n: v.number(),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const encodeLine = ({ chain, n, hash }: ChainHead, atMs: number): string =>
  `${JSON.stringify({ atMs, chain, n, hash: hash.toString('hex') })}\n`;

/** Adds heads to a file beside the database, one line each, on disk before it resolves. Copy it off the machine. */
export async function appendAnchors(path: string, heads: readonly ChainHead[], atMs: number): Promise<void> {
  await appendFile(path, heads.map((head) => encodeLine(head, atMs)).join(''), { mode: 0o600, flush: true });
}

/** Every head ever written. A line cut short by a power loss is left out; any other unreadable line throws. */
export async function readAnchors(path: string): Promise<ChainHead[]> {
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const { chain, n, hash } = v.parse(AnchorLine, JSON.parse(line));
    return { chain, n, hash: Buffer.from(hash, 'hex') };
  });
}
