import type { CaseState } from '@pentad/protocol/case-state';
import type { NumericsView } from '@pentad/protocol/console-feed';
import type { Vehicle } from '@pentad/protocol/http-api';
import type { CaseId } from '@pentad/protocol/ids';
import type { Db, Tx } from '../db/transaction.ts';
import type { Logger } from '../platform/logger.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';
import type { Vault, VaultScope } from '../vault/vault.ts';

/** The readers of other domains' stores that a person's view is made of; each runs in the person's own transaction. */
export interface CaseReads {
  readCase(tx: Tx, caseId: CaseId): Promise<CaseState | null>;
  readIdentity(tx: Tx, caseId: CaseId): Promise<{ readonly personId: string; readonly ciphertext: Buffer } | null>;
  readWrappedKey(tx: Tx, scope: VaultScope, scopeId: string): Promise<Buffer | null>;
  numericsBetween(tx: Tx, wanted: NumericsWanted): Promise<NumericsView[]>;
  readVehicles(tx: Tx): Promise<Vehicle[]>;
}

export interface NumericsWanted {
  readonly caseId: CaseId;
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
}

export interface ViewPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly ladder: Ladder;
  readonly vault: Vault;
  readonly reads: CaseReads;
}
