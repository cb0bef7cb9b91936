import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { FeedPointer } from './feed-pointer.ts';

export interface FeedEntry {
  readonly topic: string;
  readonly n: number;
  readonly pointer: FeedPointer;
}

/** What happened to a topic after a cursor, in one look. */
export interface TopicChange {
  readonly topic: string;
  readonly after: number;
  /** The topic's number now: below `after` when a restore took it back. */
  readonly n: number;
  /** Oldest first, at most as many as asked for. */
  readonly entries: readonly FeedEntry[];
}

/** What topics have come to. */
export type TopicNumbers = ReadonlyMap<string, number>;

const Numbers = v.record(v.string(), v.number());
const mapOf = (text: string): TopicNumbers => new Map(Object.entries(v.parse(Numbers, JSON.parse(text))));

/** What a NOTIFY of the feed names; null: nothing that can be read, so anything may have moved. */
export function hintedNumbers(payload: string): TopicNumbers | null {
  try {
    return mapOf(payload);
  } catch {
    return null;
  }
}

/**
 * Numbers the pointer in every topic. Call as the last statement of the transaction, topics sorted: the rows stay
 * locked until commit, so numbers are commit-ordered and a reader sees a gap by itself. NOTIFY names them, as far as its
 * 8,000 bytes hold. The answer need not be waited for before COMMIT.
 */
export async function publish(
  tx: Tx,
  wanted: { topics: readonly string[]; vehicleTopic: string | null; pointer: FeedPointer; atMs: number },
): Promise<TopicNumbers> {
  const topics = [...new Set(wanted.topics)].sort();
  const rows = await tx.prepared<{ numbers: string }>(
    'feed-publish',
    `WITH numbered AS (
       INSERT INTO feed_topic (topic, n) SELECT t, 1 FROM unnest($1::text[]) WITH ORDINALITY AS x(t, i) ORDER BY i
       ON CONFLICT (topic) DO UPDATE SET n = feed_topic.n + 1 RETURNING topic, n
     ), entries AS (
       INSERT INTO feed_entry (topic, n, at, pointer)
       SELECT topic, n, to_timestamp($2 / 1000.0), $3::jsonb || jsonb_build_object('vehicle',
         (SELECT jsonb_build_object('vehicle', substr(v.topic, length('vehicle:') + 1), 'n', v.n) FROM numbered v WHERE v.topic = $4))
       FROM numbered
     ), told AS (SELECT json_object_agg(topic, n)::text AS numbers FROM numbered)
     SELECT numbers, pg_notify('pentad_feed', CASE WHEN octet_length(numbers) < 7900 THEN numbers ELSE '' END) FROM told`,
    [topics, wanted.atMs, JSON.stringify(wanted.pointer), wanted.vehicleTopic],
  );
  return mapOf(rows[0]?.numbers ?? '{}');
}

export async function topicNumbers(tx: Tx, topics: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.prepared<{ topic: string; n: string }>(
    'feed-numbers',
    'SELECT topic, n FROM feed_topic WHERE topic = ANY($1)',
    [topics],
  );
  return new Map(rows.map((row) => [row.topic, Number(row.n)]));
}

/** Entries after a cursor, oldest first; fewer than asked for, or a first n that is not after + 1, means trimmed. */
export async function entriesAfter(tx: Tx, topic: string, after: number, limit = 500): Promise<FeedEntry[]> {
  const rows = await tx.prepared<{ n: string; pointer: unknown }>(
    'feed-after',
    'SELECT n, pointer FROM feed_entry WHERE topic = $1 AND n > $2 ORDER BY n LIMIT $3',
    [topic, after, limit],
  );
  return rows.map((row) => ({ topic, n: Number(row.n), pointer: v.parse(FeedPointer, row.pointer) }));
}

/** Topics whose number is not the cursor's, each with what came after it: one statement, so one snapshot. */
export async function changesSince(
  tx: Tx,
  cursors: ReadonlyMap<string, number>,
  limit: number,
): Promise<TopicChange[]> {
  const rows = await tx.prepared<{ topic: string; after: string; last: string; n: string | null; pointer: unknown }>(
    'feed-changes',
    `SELECT c.topic, c.n AS after, t.n AS last, e.n, e.pointer FROM unnest($1::text[], $2::bigint[]) AS c(topic, n)
     JOIN feed_topic t ON t.topic = c.topic AND t.n <> c.n
     LEFT JOIN LATERAL (
       SELECT f.n, f.pointer FROM feed_entry f WHERE f.topic = c.topic AND f.n > c.n ORDER BY f.n LIMIT $3
     ) e ON true ORDER BY c.topic, e.n`,
    [[...cursors.keys()], [...cursors.values()], limit],
  );
  const changes = new Map<string, TopicChange & { entries: FeedEntry[] }>();
  for (const { topic, after, last, n, pointer } of rows) {
    const change = changes.get(topic) ?? { topic, after: Number(after), n: Number(last), entries: [] };
    if (n !== null) change.entries.push({ topic, n: Number(n), pointer: v.parse(FeedPointer, pointer) });
    changes.set(topic, change);
  }
  return [...changes.values()];
}

/** A cursor from which the topic's entries since an instant are read again: what a new holder repeats, harmlessly. */
export async function cursorSince(tx: Tx, topic: string, sinceMs: number): Promise<number> {
  const rows = await tx.query<{ n: string | null }>(
    `SELECT coalesce(
       (SELECT min(n) - 1 FROM feed_entry WHERE topic = $1 AND at >= to_timestamp($2 / 1000.0)),
       (SELECT n FROM feed_topic WHERE topic = $1), 0) AS n`,
    [topic, sinceMs],
  );
  return Number(rows[0]?.n ?? 0);
}

export async function trimFeed(tx: Tx, beforeMs: number): Promise<void> {
  await tx.query('DELETE FROM feed_entry WHERE at < to_timestamp($1 / 1000.0)', [beforeMs]);
}
