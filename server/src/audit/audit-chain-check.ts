import type { Db } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import { chainHeads, readChain } from './audit-chain-store.ts';
import { verifyAudit, type ChainFault, type ChainHead } from './audit-chain.ts';

const auditor = systemActor('auditor');

/** Checks every chain from its start against itself and the anchors; nothing found: an empty list. */
export async function checkAuditTrail(db: Db, anchors: readonly ChainHead[]): Promise<ChainFault[]> {
  const heads = await db.withActor(auditor, (tx) => chainHeads(tx, null));
  const chains = new Set([...heads, ...anchors].map((head) => head.chain));
  const faults: ChainFault[] = [];
  for (const chain of chains) {
    const links = await db.withActor(auditor, (tx) => readChain(tx, chain));
    faults.push(
      ...verifyAudit(
        links,
        anchors.filter((anchor) => anchor.chain === chain),
      ),
    );
  }
  return faults;
}
