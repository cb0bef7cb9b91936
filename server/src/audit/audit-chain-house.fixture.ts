import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START_MS } from '@pentad/protocol/testing/boring-ids';
import { uuidV7 } from '@pentad/protocol/ids';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import type { Logger } from '../platform/logger.ts';
import { appendAnchors, readAnchors } from './anchor-file.ts';
import { checkAuditTrail } from './audit-chain-check.ts';
import { writeAudit } from './audit-store.ts';
import { AuditChainer } from './chain-audit.ts';

/** A database with an audit trail, a clock one moves by hand, and an anchor file beside it. */
export interface AuditHouse {
  readonly database: TestDatabase;
  readonly admin: pg.Client;
  readonly clock: { nowMs(): number; advance(ms: number): void };
  readonly alarms: string[];
  readonly unchainedMs: number[];
  anchorPath(): string;
  chainer(isAnchoring?: boolean): AuditChainer;
  act(action: string, chain?: string): Promise<void>;
  /** What the check finds, with the anchors written so far. */
  faults(): Promise<string[]>;
  /** Empties the trail and takes a new directory. */
  begin(): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
}

export async function createAuditHouse(): Promise<AuditHouse> {
  const database = await createTestDatabase();
  const { db } = database;
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  let nowMs = START_MS;
  let made = 0;
  let directory = '';
  const alarms: string[] = [];
  const unchainedMs: number[] = [];
  const clock = { nowMs: () => nowMs, advance: (ms: number) => void (nowMs += ms) };
  const ids = { next: () => uuidV7(nowMs, Buffer.from((made += 1).toString(16).padStart(20, '0'), 'hex')) };
  const log: Logger = { info: () => undefined, warn: () => undefined, error: (code) => void alarms.push(code) };
  const anchorPath = () => join(directory, 'audit-anchors.jsonl');
  return {
    database,
    admin,
    clock,
    alarms,
    unchainedMs,
    anchorPath,
    chainer: (isAnchoring = true) =>
      new AuditChainer({
        db,
        clock,
        log,
        holder: randomUUID(),
        anchor: (heads, atMs) => (isAnchoring ? appendAnchors(anchorPath(), heads, atMs) : Promise.resolve()),
        onUnchained: (oldestMs) => void unchainedMs.push(oldestMs),
      }),
    act: (action, chain = 'hospital-1') => {
      const entry = { chain, actorKind: 'staff', actorId: 'nurse-1', action, objectId: 'object-1' } as const;
      const write = { ...entry, caseId: null, purpose: 'care' } as const;
      return db.withActor(systemActor('api'), (tx) => writeAudit(tx, [write], clock, ids));
    },
    faults: async () =>
      (await checkAuditTrail(db, await readAnchors(anchorPath()))).map(({ kind, n }) => `${kind} ${n}`),
    begin: async () => {
      nowMs = START_MS;
      alarms.splice(0);
      unchainedMs.splice(0);
      await admin.query('TRUNCATE audit_row, audit_link, duty_lease');
      directory = await mkdtemp(join(tmpdir(), 'pentad-audit-'));
    },
    end: () => rm(directory, { recursive: true }),
    close: async () => {
      await admin.end();
      await database.close();
    },
  };
}
