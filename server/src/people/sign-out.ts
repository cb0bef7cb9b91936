import { auditActor } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { systemActor } from '../platform/actor.ts';
import type { PeoplePorts } from './people-ports.ts';
import { revokeSession } from './session-store.ts';
import type { SignedIn } from './staff.ts';

const api = systemActor('api');

/** Ends this session and no other; a second time changes nothing. */
export async function signOut(ports: PeoplePorts, signedIn: SignedIn): Promise<void> {
  const { actor, chain, sessionKey } = signedIn;
  await ports.db.withActor(api, async (tx) => {
    if (!(await revokeSession(tx, Buffer.from(sessionKey, 'hex'), ports.clock.nowMs()))) return;
    const entry = { ...auditActor(actor), chain, action: 'sign-out', objectId: actor.staffId, caseId: null };
    writeAudit(tx, [{ ...entry, purpose: 'sign-in' }], ports.clock, ports.ids);
  });
}
