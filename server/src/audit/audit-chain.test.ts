import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkRows, verifyAudit, type AuditRow, type ChainedRow, type ChainHead } from './audit-chain.ts';

const row = (n: number, chain = 'hospital-1'): AuditRow => ({
  auditId: `019b76da-a800-7000-8000-${n.toString(16).padStart(12, '0')}`,
  chain,
  atMicros: String(1_767_225_600_000_000 + n),
  actorKind: 'staff',
  actorId: 'nurse-1',
  action: 'case.viewed',
  objectId: `case-${n}`,
  caseId: null,
  purpose: 'care',
});
const trail = (length: number, chain = 'hospital-1'): ChainedRow[] =>
  linkRows(
    null,
    chain,
    Array.from({ length }, (_, index) => row(index, chain)),
  );
const headOf = (links: readonly ChainedRow[]): ChainHead => {
  const last = links.at(-1);
  if (!last) throw new Error('an empty trail has no head');
  return { chain: last.chain, n: last.n, hash: last.hash };
};
const edited = (links: readonly ChainedRow[], at: number, change: Partial<AuditRow>): ChainedRow[] =>
  links.map((link, index) => (index === at && link.row ? { ...link, row: { ...link.row, ...change } } : link));

describe('H23: of a trail', () => {
  const links = trail(10);
  const anchor = headOf(links);

  test('nothing is said while it is whole, in whatever order it is read and over several chains', () => {
    const other = trail(4, 'region');
    expect(verifyAudit([...links, ...other].toReversed(), [anchor, headOf(other), headOf(links.slice(0, 3))])).toEqual(
      [],
    );
    expect(verifyAudit([], [])).toEqual([]);
  });

  test.each(Object.keys(row(0)).filter((key) => key !== 'caseId'))('an edited %s is found at its link', (field) => {
    expect(verifyAudit(edited(links, 4, { [field]: 'changed' }), [])).toContainEqual({
      kind: 'hash-differs',
      chain: 'hospital-1',
      n: 5,
    });
  });

  test('a case named later is found', () => {
    expect(verifyAudit(edited(links, 0, { caseId: 'case-9' }), [])).toEqual([
      { kind: 'hash-differs', chain: 'hospital-1', n: 1 },
    ]);
  });

  test('a deleted row is found, with its link and without', () => {
    const without = links.filter((link) => link.n !== 5);
    expect(verifyAudit(without, [])).toContainEqual({ kind: 'gap', chain: 'hospital-1', n: 5 });
    const emptied = links.map((link) => (link.n === 5 ? { ...link, row: null } : link));
    expect(verifyAudit(emptied, [])).toContainEqual({ kind: 'row-missing', chain: 'hospital-1', n: 5 });
    const renumbered = without.map((link, index) => ({ ...link, n: index + 1 }));
    expect(verifyAudit(renumbered, [])).toContainEqual({ kind: 'hash-differs', chain: 'hospital-1', n: 5 });
    expect(verifyAudit(links.slice(1), [])).toContainEqual({ kind: 'gap', chain: 'hospital-1', n: 1 });
  });

  test('two rows that changed places are found', () => {
    const swapped = links.map((link) =>
      link.n === 3 ? { ...link, row: row(3) } : link.n === 4 ? { ...link, row: row(2) } : link,
    );
    expect(verifyAudit(swapped, []).map((fault) => fault.n)).toEqual([3, 4]);
  });

  test('a tail that was cut off is found by the anchor alone', () => {
    expect(verifyAudit(links.slice(0, 7), [])).toEqual([]);
    expect(verifyAudit(links.slice(0, 7), [anchor])).toEqual([
      { kind: 'anchor-beyond-end', chain: 'hospital-1', n: 10 },
    ]);
    expect(verifyAudit([], [anchor])).toEqual([{ kind: 'anchor-beyond-end', chain: 'hospital-1', n: 10 }]);
  });

  test('a whole chain hashed anew is found by the anchor alone', () => {
    const rewritten = linkRows(
      null,
      'hospital-1',
      links.map((_, index) => ({ ...row(index), actorId: 'somebody-else' })),
    );
    expect(verifyAudit(rewritten, [])).toEqual([]);
    expect(verifyAudit(rewritten, [anchor])).toEqual([{ kind: 'anchor-differs', chain: 'hospital-1', n: 10 }]);
  });

  test('rows moved to another hospital’s chain are found', () => {
    const moved = links.map((link) => ({ ...link, chain: 'region' }));
    expect(verifyAudit(moved, []).length).toBeGreaterThan(0);
  });
});

test('linking in one go and in any number of steps is the same chain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), (length, cut) => {
      const rows = Array.from({ length }, (_, index) => row(index));
      const first = linkRows(null, 'hospital-1', rows.slice(0, cut));
      const rest = linkRows(first.length > 0 ? headOf(first) : null, 'hospital-1', rows.slice(cut));
      expect([...first, ...rest]).toEqual(linkRows(null, 'hospital-1', rows));
    }),
  );
});
