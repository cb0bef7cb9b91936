import type { Sample } from '@pentad/clinical/stream-history';
import type { RecordedEvent } from '@pentad/protocol/case-event';
import type { CaseId } from '@pentad/protocol/ids';

/** A stored frame of numerics; instants are by the server's clock. */
export interface StoredSample extends Sample {
  readonly vehicle: string;
}

/** The cases a region keeps, read and never written. */
export interface StoredCases {
  /** Of those opened at or after `sinceMs`. */
  count(sinceMs: number): Promise<number>;
  /** The next ones by id, at most `limit`; null: from the first. */
  page(sinceMs: number, after: CaseId | null, limit: number): Promise<readonly CaseId[]>;
  /** In the order of caseSeq. */
  events(caseId: CaseId): Promise<readonly RecordedEvent[]>;
  /** In measured order, of whichever vehicle claimed the case. */
  samples(caseId: CaseId): AsyncIterable<StoredSample>;
}
