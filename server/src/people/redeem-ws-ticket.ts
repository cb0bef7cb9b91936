import { auditActor } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { systemActor } from '../platform/actor.ts';
import type { PeoplePorts } from './people-ports.ts';
import { hashSecret } from './secret-token.ts';
import { readSessionRow, takeTicket } from './session-store.ts';
import type { SignedIn } from './staff.ts';

const api = systemActor('api');

/** Who a ticket lets in, or null: spent, over, or its session ended since. The ticket is spent either way. */
export function redeemWsTicket(ports: PeoplePorts, ticket: string): Promise<SignedIn | null> {
  return ports.db.withActor(api, async (tx) => {
    const nowMs = ports.clock.nowMs();
    const tokenHash = await takeTicket(tx, hashSecret(ticket), nowMs);
    const signedIn = tokenHash === null ? null : await readSessionRow(tx, tokenHash, nowMs);
    if (signedIn === null) return null;
    const { actor, chain } = signedIn;
    const entry = { ...auditActor(actor), chain, action: 'ws-ticket.redeemed', objectId: actor.staffId, caseId: null };
    writeAudit(tx, [{ ...entry, purpose: 'sign-in' }], ports.clock, ports.ids);
    return signedIn;
  });
}
