import { createHash } from 'node:crypto';
import type { SignInInput } from '@pentad/protocol/http-api';
import type * as v from 'valibot';
import { auditActor, REGION_CHAIN, type AuditEntry } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { passwordFits } from './password.ts';
import type { PeoplePorts } from './people-ports.ts';
import { hashSecret, makeSecret } from './secret-token.ts';
import { insertSession, isOwnSession } from './session-store.ts';
import { countTry, forgetTries } from './sign-in-throttle-store.ts';
import { staffByLogin } from './staff-store.ts';
import type { SignedIn, Staff } from './staff.ts';

const api = systemActor('api');
export const SESSION_LIFE_MS = 12 * 60 * 60_000;

export interface NewSession extends SignedIn {
  /** The bearer secret; it is said once and never kept. */
  readonly token: string;
}

/** Writes a session for somebody whose right to it has been shown, with its audit row. */
export async function openSession(
  ports: PeoplePorts,
  staff: Staff,
  how: string,
  throttleKey: string | null,
): Promise<NewSession> {
  const token = makeSecret();
  const nowMs = ports.clock.nowMs();
  const expiresAtMs = nowMs + SESSION_LIFE_MS;
  const { actor, chain } = staff;
  await ports.db.withActor(api, async (tx) => {
    await insertSession(tx, { tokenHash: token.hash, staffId: actor.staffId, nowMs, expiresAtMs });
    if (throttleKey !== null) await forgetTries(tx, throttleKey);
    writeAudit(tx, [signInEntry(staff, how, true)], ports.clock, ports.ids);
  });
  return { actor, chain, token: token.text, sessionKey: token.hash.toString('hex'), expiresAtMs };
}

/** Who signed in; or that somebody, who is not known to be that person, was refused. */
const signInEntry = (staff: Staff | null, action: string, isDone: boolean): AuditEntry => ({
  chain: staff?.chain ?? REGION_CHAIN,
  ...(staff && isDone ? auditActor(staff.actor) : auditActor(api)),
  action,
  objectId: staff?.actor.staffId ?? 'unknown',
  caseId: null,
  purpose: 'sign-in',
});

/**
 * What tries are counted under: part of the login's hash (people type passwords into the wrong field, and made-up
 * logins must not fill the table), or, from a browser this person has signed in with before, that browser: nobody
 * outside can slow a duty desk's own workstation down (faults.md H21).
 */
function throttleKeyOf(login: string, ownSecret: Buffer | null): string {
  if (ownSecret !== null) return `browser:${ownSecret.toString('hex').slice(0, 32)}`;
  return `login:${createHash('sha256').update(login).digest('hex').slice(0, 4)}`;
}

/**
 * @param earlierToken what the browser still holds of an earlier session, if anything
 * @throws DomainError limited `sign-in.slow-down`; unauthenticated `sign-in.refused`, the same for every reason
 */
export async function signIn(
  ports: PeoplePorts,
  input: v.InferOutput<typeof SignInInput>,
  earlierToken: string | null,
): Promise<NewSession> {
  const { staff, throttleKey, mayTry } = await ports.db.withActor(api, async (tx) => {
    const found = await staffByLogin(tx, input.login);
    const earlier = earlierToken === null ? null : hashSecret(earlierToken);
    const isOwn = earlier !== null && found !== null && (await isOwnSession(tx, earlier, found.actor.staffId));
    const key = throttleKeyOf(input.login, isOwn ? earlier : null);
    return { staff: found, throttleKey: key, mayTry: await countTry(tx, key, ports.clock.nowMs()) };
  });
  if (!mayTry) throw new DomainError('limited', 'sign-in.slow-down', 'too many tries; wait a minute at most');
  const isFit = await passwordFits(staff?.passwordHash ?? null, input.password);
  if (!staff || !isFit || staff.isDisabled) {
    await ports.db.withActor(api, (tx) =>
      writeAudit(tx, [signInEntry(staff, 'sign-in.refused', false)], ports.clock, ports.ids),
    );
    throw new DomainError('unauthenticated', 'sign-in.refused', 'login and password do not fit');
  }
  return openSession(ports, staff, 'sign-in.done', throttleKey);
}
