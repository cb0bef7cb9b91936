import { Epoch } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { JournalFault } from '../agent-error.ts';
import type { JournalLane } from '../ports.ts';
import type { JournalDatabase, Row } from './journal-database.ts';
import { JournalHead } from './journal-ledger.ts';
import { recordSeal, type RecordSeal } from './sealed-record.ts';

export const laneNumber: Record<JournalLane, number> = { evt: 1, vit: 2, pos: 3, wav: 4, med: 5 };
const HEADS = ['head_even', 'head_odd'] as const;
export const HEAD_COPIES = HEADS.length;
const HEAD_PLACE = { kind: 'document', key: 'head' } as const;

export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

export function parsed<S extends v.GenericSchema>(schema: S, bytes: Uint8Array | null): v.InferOutput<S> | null {
  if (bytes === null) return null;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), Buffer.from(bytes).toString('utf8'));
  return read.success ? read.output : null;
}

export interface FoundHead {
  readonly epoch: Epoch;
  readonly head: JournalHead;
}

/** The newest authentic copy of the head; the copies lie on different pages and are written in turn. */
export function findHead(db: JournalDatabase, key: Uint8Array): FoundHead | null {
  let best: FoundHead | null = null;
  for (const table of HEADS) {
    const row = rowOrNull(() => db.get(`SELECT epoch, body FROM ${table} WHERE id = 1`));
    const epoch = v.safeParse(Epoch, row?.bytes('epoch').toString('hex'));
    if (!row || !epoch.success) continue;
    const head = parsed(JournalHead, recordSeal(key, epoch.output).unseal(HEAD_PLACE, row.bytes('body')));
    if (head && (best === null || head.counter > best.head.counter)) best = { epoch: epoch.output, head };
  }
  return best;
}

function rowOrNull(read: () => Row | null): Row | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof JournalFault) return null;
    throw error;
  }
}

/** Writes the copy whose turn it is, in the caller's transaction. */
export function writeHead(db: JournalDatabase, seal: RecordSeal, { epoch, head }: FoundHead): void {
  const table = HEADS[head.counter % 2] ?? 'head_even';
  const body = seal.seal(HEAD_PLACE, json(head));
  db.run(`INSERT OR REPLACE INTO ${table} (id, epoch, body) VALUES (1, ?, ?)`, Buffer.from(epoch, 'hex'), body);
}
