/** The right to work on one shard, until it expires. `token` grows with every holder: an old holder's writes are refused. */
export interface ShardLease {
  readonly shard: number;
  readonly token: number;
  readonly expiresAtMs: number;
}

export const LEASE_MS = 5_000;
export const RENEW_EVERY_MS = 1_200;

export interface LeaseStore {
  /** Renews what is held and still valid; what is missing from the answer is lost. */
  renew(holder: string, held: readonly ShardLease[]): Promise<ShardLease[]>;
  /** Claims up to `atMost` expired or free shards. */
  claim(holder: string, atMost: number): Promise<ShardLease[]>;
  /** Gives up some shards at once: others need not wait until their leases expire. */
  giveUp(holder: string, leases: readonly ShardLease[]): Promise<void>;
  /** Gives up everything: this instance ends. */
  release(holder: string): Promise<void>;
  /** Tells that this instance lives and returns how many do. */
  beat(holder: string): Promise<number>;
}
