import type { Db } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { Logger } from '../platform/logger.ts';
import type { Clock } from '../platform/ports.ts';
import { chainHeads, holdDuty, insertLinks, unchainedRows } from './audit-chain-store.ts';
import { linkRows, type AuditRow, type ChainedRow, type ChainHead } from './audit-chain.ts';

const clockRole = systemActor('clock');
const DUTY = 'audit-chain';
const LEASE_MS = 10_000;
const BATCH = 2_000;
const DAY_MS = 86_400_000;
/** A writer's transaction is over long before; what is older is looked for at every tenth minute. */
const USUAL_LOOKBACK_MS = 15 * 60_000;
const FULL_LOOK_EVERY_MS = 10 * 60_000;
const ALARM_AFTER_MS = 10_000;

export interface ChainAuditOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** This instance's id. */
  readonly holder: string;
  /** Writes heads outside the database; called daily and on demand. */
  anchor(heads: readonly ChainHead[], atMs: number): Promise<void>;
  /** Age of the oldest row in no chain; 0 when all are linked. */
  onUnchained(oldestMs: number): void;
}

const ageMs = (row: AuditRow, nowMs: number): number => nowMs - Number(BigInt(row.atMicros) / 1_000n);

function linkAll(rows: readonly AuditRow[], heads: readonly ChainHead[]): ChainedRow[] {
  const chains = [...new Set(rows.map((row) => row.chain))].sort();
  return chains.flatMap((chain) =>
    linkRows(
      heads.find((head) => head.chain === chain) ?? null,
      chain,
      rows.filter((row) => row.chain === chain),
    ),
  );
}

/** Links committed audit rows into their chains; one instance at a time, under a lease (design decision 10). */
export class AuditChainer {
  readonly #options: ChainAuditOptions;
  #fullLookAtMs = Number.NEGATIVE_INFINITY;
  #anchoredAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: ChainAuditOptions) {
    this.#options = options;
  }

  /** One turn, to be repeated each second. @returns rows linked; null when another instance has the duty */
  async link(): Promise<number | null> {
    const { db, clock, holder } = this.#options;
    const nowMs = clock.nowMs();
    const isFullLook = nowMs - this.#fullLookAtMs >= FULL_LOOK_EVERY_MS;
    const sinceMs = isFullLook ? 0 : nowMs - USUAL_LOOKBACK_MS;
    const turn = await db.withActor(clockRole, async (tx) => {
      if (!(await holdDuty(tx, DUTY, holder, LEASE_MS))) return null;
      const rows = await unchainedRows(tx, sinceMs, BATCH);
      this.#sayOldest(rows, nowMs);
      if (rows.length > 0) {
        const heads = await chainHeads(tx, [...new Set(rows.map((row) => row.chain))]);
        await insertLinks(tx, linkAll(rows, heads), nowMs);
      }
      return rows;
    });
    if (turn === null) {
      this.#fullLookAtMs = Number.NEGATIVE_INFINITY;
      return null;
    }
    if (isFullLook && turn.length < BATCH) this.#fullLookAtMs = nowMs;
    if (nowMs - this.#anchoredAtMs >= DAY_MS) await this.anchorNow();
    return turn.length;
  }

  /** Said before linking is tried: an alarm must not depend on what it is about. */
  #sayOldest(rows: readonly AuditRow[], nowMs: number): void {
    const oldestMs = Math.max(0, ...rows.map((row) => ageMs(row, nowMs)));
    this.#options.onUnchained(oldestMs);
    if (oldestMs > ALARM_AFTER_MS) this.#options.log.error('audit.unchained-row-old', { rows: rows.length, oldestMs });
  }

  /** Writes the head of every chain outside. */
  async anchorNow(): Promise<void> {
    const { db, clock } = this.#options;
    const heads = await db.withActor(clockRole, (tx) => chainHeads(tx, null));
    const atMs = clock.nowMs();
    await this.#options.anchor(heads, atMs);
    this.#anchoredAtMs = atMs;
  }
}
