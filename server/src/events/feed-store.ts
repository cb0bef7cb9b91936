import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { FeedPointer } from './feed-pointer.ts';

export interface FeedEntry {
  readonly topic: string;
  readonly n: number;
  readonly pointer: FeedPointer;
}

/**
 * Numbers the pointer in every topic. Call as the last statement of the transaction, topics sorted: the rows stay
 * locked until commit, so numbers are commit-ordered and a reader sees a gap by itself.
 */
export async function publish(
  tx: Tx,
  wanted: { topics: readonly string[]; vehicleTopic: string | null; pointer: FeedPointer; atMs: number },
): Promise<void> {
  const topics = [...new Set(wanted.topics)].sort();
  const numbers = new Map<string, number>();
  for (const topic of topics) {
    const rows = await tx.prepared<{ n: string }>(
      'feed-number',
      'INSERT INTO feed_topic (topic, n) VALUES ($1, 1) ON CONFLICT (topic) DO UPDATE SET n = feed_topic.n + 1 RETURNING n',
      [topic],
    );
    numbers.set(topic, Number(rows[0]?.n));
  }
  const vehicleN = wanted.vehicleTopic === null ? undefined : numbers.get(wanted.vehicleTopic);
  const vehicle =
    wanted.vehicleTopic !== null && vehicleN !== undefined
      ? { vehicle: wanted.vehicleTopic.slice('vehicle:'.length), n: vehicleN }
      : null;
  await tx.prepared(
    'feed-entry',
    `INSERT INTO feed_entry (topic, n, at, pointer)
     SELECT t, n, to_timestamp($3 / 1000.0), $4::jsonb FROM unnest($1::text[], $2::bigint[]) AS x(t, n)`,
    [topics, topics.map((topic) => numbers.get(topic)), wanted.atMs, JSON.stringify({ ...wanted.pointer, vehicle })],
  );
  await tx.query("SELECT pg_notify('pentad_feed', '')");
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
