import { createHash } from 'node:crypto';

/** One audit row as it is hashed. `atMicros`: microseconds since 1970 as text, so that nothing of it is rounded. */
export interface AuditRow {
  readonly auditId: string;
  readonly chain: string;
  readonly atMicros: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly objectId: string;
  readonly caseId: string | null;
  readonly purpose: string;
}

/** A link of a chain; `row` is null where the row it names is gone. */
export interface ChainedRow {
  readonly chain: string;
  readonly n: number;
  readonly hash: Buffer;
  readonly row: AuditRow | null;
}

/** Where a chain ended once, as written outside the database. */
export interface ChainHead {
  readonly chain: string;
  readonly n: number;
  readonly hash: Buffer;
}

export type ChainFault =
  | { readonly kind: 'gap'; readonly chain: string; readonly n: number }
  | { readonly kind: 'row-missing'; readonly chain: string; readonly n: number }
  | { readonly kind: 'hash-differs'; readonly chain: string; readonly n: number }
  | { readonly kind: 'anchor-beyond-end'; readonly chain: string; readonly n: number }
  | { readonly kind: 'anchor-differs'; readonly chain: string; readonly n: number };

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What the first link of a chain is hashed over. */
export const genesisHash = (chain: string): Buffer => sha256(`pentad-audit-chain/1/${chain}`);

/** Fields in one fixed order, no white space: the same bytes on every machine. */
const canonical = (n: number, row: AuditRow): string =>
  JSON.stringify([
    n,
    row.chain,
    row.auditId,
    row.atMicros,
    row.actorKind,
    row.actorId,
    row.action,
    row.objectId,
    row.caseId,
    row.purpose,
  ]);

/** SHA-256 over the hash before and the row in canonical form with its place. */
export const linkHash = (previous: Buffer, n: number, row: AuditRow): Buffer => sha256(previous, canonical(n, row));

/** Links rows to the end of their chain, in the order given. */
export function linkRows(head: ChainHead | null, chain: string, rows: readonly AuditRow[]): ChainedRow[] {
  let previous = head?.hash ?? genesisHash(chain);
  let n = head?.n ?? 0;
  return rows.map((row) => {
    n += 1;
    previous = linkHash(previous, n, row);
    return { chain, n, hash: previous, row };
  });
}

function chainFaults(chain: string, links: readonly ChainedRow[]): ChainFault[] {
  const faults: ChainFault[] = [];
  let previous = genesisHash(chain);
  let expectedN = 1;
  for (const { n, hash, row } of links) {
    if (n !== expectedN) faults.push({ kind: 'gap', chain, n: expectedN });
    if (row === null) faults.push({ kind: 'row-missing', chain, n });
    else if (row.chain !== chain || !linkHash(previous, n, row).equals(hash))
      faults.push({ kind: 'hash-differs', chain, n });
    previous = hash;
    expectedN = n + 1;
  }
  return faults;
}

function anchorFaults(anchor: ChainHead, links: readonly ChainedRow[]): ChainFault[] {
  const { chain, n } = anchor;
  const at = links.find((link) => link.n === n);
  if (!at) return [{ kind: 'anchor-beyond-end', chain, n }];
  return at.hash.equals(anchor.hash) ? [] : [{ kind: 'anchor-differs', chain, n }];
}

/**
 * Every way a trail can have been changed since it was linked. Edited, deleted and reordered rows break the chain;
 * a tail cut off, or a chain hashed anew from the start, is only found by heads that were written outside.
 * @param links of any number of chains, in any order
 */
export function verifyAudit(links: readonly ChainedRow[], anchors: readonly ChainHead[]): ChainFault[] {
  const chains = new Map<string, ChainedRow[]>(anchors.map(({ chain }) => [chain, []]));
  for (const link of links) {
    const own = chains.get(link.chain);
    if (own) own.push(link);
    else chains.set(link.chain, [link]);
  }
  return [...chains].flatMap(([chain, own]) => {
    const ordered = own.toSorted((a, b) => a.n - b.n);
    const ownAnchors = anchors.filter((anchor) => anchor.chain === chain);
    return [...chainFaults(chain, ordered), ...ownAnchors.flatMap((anchor) => anchorFaults(anchor, ordered))];
  });
}
