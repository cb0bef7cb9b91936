import {
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import type { Road } from '@pentad/protocol/lane';
import { SHARD_COUNT, streamPlans, streamSubject, type StreamPlan } from '@pentad/protocol/subjects';

const MEBIBYTE = 1_048_576;
/**
 * One hour of outage: 1,000 vehicles at 1 Hz of about 700 B; events are few and never aged out (faults.md N14). Waveforms
 * have five minutes (12 leads at 500 Hz are 12 kB/s a vehicle): then the vehicle keeps them.
 */
const mebibytes: Record<Road, number> = {
  evt: 512,
  vit: 3_072,
  pos: 1_536,
  wav: 4_096,
  med: 1_024,
  bkv: 1_024,
  bkw: 1_024,
  bkp: 512,
};
/** Vehicles are not even over the shards: each shard may hold half as much again as its part. */
const UNEVEN = 1.5;

const maxBytes = ({ road }: StreamPlan): number => Math.ceil(((mebibytes[road] * MEBIBYTE) / SHARD_COUNT) * UNEVEN);

export const totalStreamBytes = streamPlans.reduce((sum, plan) => sum + maxBytes(plan), 0);

export function streamConfig(plan: StreamPlan): Partial<StreamConfig> & { name: string; subjects: string[] } {
  return {
    name: plan.name,
    subjects: [streamSubject(plan)],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    max_bytes: maxBytes(plan),
    max_age: 0,
    num_replicas: 1,
    duplicate_window: 120_000_000_000,
  };
}

const INGEST = 'pentad.v1.in.';

/**
 * Makes or remakes every stream from code. Streams of an earlier plan stand in the way of these and go: what nobody
 * receipted of theirs the vehicles still have and offer again. One whose limit changed is changed. Returns the names made.
 */
export async function ensureStreams(manager: JetStreamManager): Promise<string[]> {
  const existing = new Set<string>();
  for await (const name of manager.streams.names()) existing.add(name);
  const missing = streamPlans.filter(({ name }) => !existing.has(name));
  if (missing.length === 0) return [];
  const planned = new Map(streamPlans.map((plan) => [plan.name, streamConfig(plan)]));
  for await (const { config } of manager.streams.list()) {
    const wanted = planned.get(config.name);
    if (wanted === undefined && config.subjects?.every((subject) => subject.startsWith(INGEST)))
      await manager.streams.delete(config.name);
    else if (wanted && wanted.max_bytes !== config.max_bytes) await manager.streams.update(config.name, wanted);
  }
  await Promise.all(missing.map((plan) => manager.streams.add(streamConfig(plan))));
  return missing.map(({ name }) => name);
}
