import { SHARD_COUNT } from '@pentad/protocol/subjects';

/** FNV-1a, 32 bit, of the vehicle's token: what nats-server computes for `{{partition(16,1)}}` (tested against it). */
export function shardOf(vehicle: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(vehicle)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash % SHARD_COUNT;
}
