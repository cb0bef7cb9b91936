import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Db } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { Logger } from '../platform/logger.ts';
import type { Clock, Ids, Timers } from '../platform/ports.ts';
import { addCalls, closeIdleCalls, recordResult, takeDueCalls } from './outside-call-store.ts';
import type { OutsideCall } from './outside-call.ts';
import { postCall, type FetchCall, type Webhook } from './webhook-request.ts';

const clockRole = systemActor('clock');
const AT_ONCE = 16;

export interface WebhookCallsOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly log: Logger;
  readonly fetch: FetchCall;
  readonly webhook: Webhook;
}

async function makeCall(options: WebhookCallsOptions, call: OutsideCall): Promise<void> {
  const { db, clock, ids, log, webhook, fetch, timers } = options;
  const result = await postCall(webhook, call, { fetch, timers, nowMs: clock.nowMs() });
  await db.withActor(clockRole, async (tx) => {
    await recordResult(tx, call, result, clock.nowMs());
    const action = result.isTaken ? 'outside-call.taken' : 'outside-call.not-taken';
    const entry = {
      chain: REGION_CHAIN,
      actorKind: 'system' as const,
      actorId: 'clock',
      action,
      objectId: call.targetId,
    };
    writeAudit(tx, [{ ...entry, caseId: null, purpose: 'care' }], clock, ids);
  });
  const { targetId, step, round, attempt } = call;
  log.info('outside-call.made', { targetId, step, round, attempt, code: result.code, isTaken: result.isTaken });
}

/**
 * One turn, to be repeated each second on any number of instances; only where a webhook is configured. Nothing waits
 * for it: the ladder goes on whether anybody took the call or not. @returns how many calls were made
 */
export async function makeOutsideCalls(options: WebhookCallsOptions): Promise<number> {
  const { db, clock } = options;
  const calls = await db.withActor(clockRole, async (tx) => {
    const nowMs = clock.nowMs();
    await closeIdleCalls(tx, nowMs);
    await addCalls(tx, nowMs);
    return takeDueCalls(tx, nowMs, AT_ONCE);
  });
  await Promise.all(calls.map((call) => makeCall(options, call)));
  return calls.length;
}
