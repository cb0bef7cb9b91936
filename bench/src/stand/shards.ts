import type pg from 'pg';

/** Keeps the shards from every server, so that what is published waits in the stream. */
export async function holdShards(sql: pg.Client): Promise<void> {
  await sql.query(
    "UPDATE shard_lease SET holder = gen_random_uuid(), token = token + 1, expires_at = now() + interval '1 hour'",
  );
}

export async function freeShards(sql: pg.Client): Promise<void> {
  await sql.query("UPDATE shard_lease SET holder = NULL, expires_at = '-infinity'");
}
