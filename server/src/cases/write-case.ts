import { topicOf } from '@pentad/protocol/console-feed';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Tx } from '../db/transaction.ts';
import { publish, type FeedEntry, type TopicNumbers } from '../events/feed-store.ts';
import type { FeedPointer } from '../events/feed-pointer.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';
import { shardOf } from '../shards/shard-of.ts';
import { sealEvents } from '../vault/seal-events.ts';
import type { Vault } from '../vault/vault.ts';
import type { CasePlan, PlannedEvent } from './case-planner.ts';
import { feedPointer, projectCase, type CaseProjection } from './case-projection.ts';
import { writeProjection } from './case-projection-store.ts';
import { writeLog } from './case-store.ts';

/** What a writing transaction adds to the case's projection and its topics. */
export interface Written {
  readonly opened: CaseProjection['access'];
  readonly entries: () => Promise<readonly FeedEntry[]>;
}

export interface CaseWriter {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ladder: Ladder;
  readonly vault: Vault;
}

const auditedActor = (tx: Tx, event: PlannedEvent) =>
  event.source ? { actorKind: 'vehicle' as const, actorId: event.source.vehicle } : auditActor(tx.actor);

/**
 * The one way a case is written: log, sealed parts, projection, audit, then the feed as the last statements.
 * The caller holds the case's row lock and has authorised the actor. What it gives holds once COMMIT is answered.
 */
export async function writeCase(
  tx: Tx,
  plan: CasePlan,
  writer: CaseWriter,
  ring: FeedPointer['ring'] = null,
): Promise<Written> {
  const nowMs = writer.clock.nowMs();
  const { after } = plan;
  writeLog(tx, plan, nowMs);
  await sealEvents(tx, plan, writer.vault);
  const projection = projectCase(plan, writer.ladder);
  writeProjection(tx, plan, projection, nowMs);
  const hospitals = Object.values(after.preAlerts).flatMap((alert) =>
    Object.values(alert.targets).map((target) => target.hospitalId),
  );
  writeAudit(
    tx,
    plan.events.map((event) => ({
      ...auditedActor(tx, event),
      chain: hospitals[0] ?? REGION_CHAIN,
      action: event.recorded.envelope.type,
      objectId: event.recorded.envelope.eventId,
      caseId: after.caseId,
      purpose: 'care' as const,
    })),
    writer.clock,
    writer.ids,
  );
  const vehicleTopic = after.vehicle === null ? null : topicOf.vehicle(after.vehicle);
  const shardTopic = after.vehicle === null ? [] : [topicOf.shard(shardOf(after.vehicle))];
  const pointer = feedPointer(plan, ring);
  const topics = [...projection.topics, ...shardTopic];
  const numbered = publish(tx, { topics, vehicleTopic, pointer, atMs: nowMs });
  // Not awaited: the failure of a statement is COMMIT's.
  numbered.catch(() => undefined);
  const entries = async () => entriesOf(await numbered, pointer, after.vehicle);
  return { opened: projection.access, entries };
}

/** The entries as the statement above has written them. */
function entriesOf(numbers: TopicNumbers, pointer: FeedPointer, vehicle: string | null): FeedEntry[] {
  const n = vehicle === null ? undefined : numbers.get(topicOf.vehicle(vehicle));
  const own = vehicle === null || n === undefined ? null : { vehicle, n };
  return [...numbers].map(([topic, number]) => ({ topic, n: number, pointer: { ...pointer, vehicle: own } }));
}
