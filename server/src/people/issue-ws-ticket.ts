import { auditActor } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { systemActor } from '../platform/actor.ts';
import type { PeoplePorts } from './people-ports.ts';
import { makeSecret } from './secret-token.ts';
import { insertTicket } from './session-store.ts';
import type { SignedIn } from './staff.ts';

const api = systemActor('api');
const TICKET_LIFE_MS = 30_000;

/** For one WebSocket, once, within 30 s, bound to the session that asked: it may stand in a URL (faults.md H20). */
export async function issueWsTicket(
  ports: PeoplePorts,
  signedIn: SignedIn,
): Promise<{ ticket: string; expiresAtMs: number }> {
  const { actor, chain, sessionKey } = signedIn;
  const ticket = makeSecret();
  const expiresAtMs = ports.clock.nowMs() + TICKET_LIFE_MS;
  await ports.db.withActor(api, async (tx) => {
    await insertTicket(tx, { ticketHash: ticket.hash, tokenHash: Buffer.from(sessionKey, 'hex'), expiresAtMs });
    const entry = { ...auditActor(actor), chain, action: 'ws-ticket.issued', objectId: actor.staffId, caseId: null };
    writeAudit(tx, [{ ...entry, purpose: 'sign-in' }], ports.clock, ports.ids);
  });
  return { ticket: ticket.text, expiresAtMs };
}
