import {
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { streamPlans, streamSubject, type StreamPlan } from '@pentad/protocol/subjects';

const MEBIBYTE = 1_048_576;
/** One hour of outage: 1,000 vehicles at 1 Hz of about 700 B; events are few and never aged out (faults.md N14). */
const maxBytes: Record<string, number> = {
  EVT: 512 * MEBIBYTE,
  VIT: 3_072 * MEBIBYTE,
  POS: 1_536 * MEBIBYTE,
  BKV: 1_024 * MEBIBYTE,
  BKP: 512 * MEBIBYTE,
};

export const totalStreamBytes = Object.values(maxBytes).reduce((sum, bytes) => sum + bytes, 0);

export function streamConfig(plan: StreamPlan): Partial<StreamConfig> & { name: string; subjects: string[] } {
  return {
    name: plan.name,
    subjects: [streamSubject(plan)],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    max_bytes: maxBytes[plan.name] ?? 512 * MEBIBYTE,
    max_age: 0,
    num_replicas: 1,
    duplicate_window: 120_000_000_000,
  };
}

/** Makes or remakes every stream from code; what exists with the same subjects is left alone. Returns the names made. */
export async function ensureStreams(manager: JetStreamManager): Promise<string[]> {
  const existing = new Map<string, string>();
  for await (const info of manager.streams.list())
    existing.set(info.config.name, [...(info.config.subjects ?? [])].sort().join(' '));
  const made: string[] = [];
  for (const plan of streamPlans) {
    const config = streamConfig(plan);
    const subjects = existing.get(plan.name);
    if (subjects === [...config.subjects].sort().join(' ')) continue;
    if (subjects === undefined) await manager.streams.add(config);
    else await manager.streams.update(plan.name, config);
    made.push(plan.name);
  }
  return made;
}
