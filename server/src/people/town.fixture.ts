import type { CaseId } from '@pentad/protocol/ids';
import { uuidV7 } from '@pentad/protocol/ids';
import { caseIdOf, deskIdOf, hospitalIdOf, START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, eventItem, numericsItem } from '@pentad/protocol/testing/builders';
import { createUser, type KeyPair } from '@nats-io/nkeys';
import pg from 'pg';
import { createCaseUnits } from '../cases/case-units-store.ts';
import { readCase } from '../cases/case-store.ts';
import { createPlanFactory } from '../cases/plan-factory.ts';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { readDirectory } from '../desks/directory-store.ts';
import { systemActor } from '../platform/actor.ts';
import { createLogger } from '../platform/logger.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { fireDueSteps } from '../pre-alerts/fire-due-steps.ts';
import { createDueSteps } from '../pre-alerts/due-step-store.ts';
import type { AnswerPorts } from '../pre-alerts/answer-pre-alert.ts';
import { holdsLease } from '../shards/lease-store.ts';
import { insertTelemetry } from '../telemetry/telemetry-store.ts';
import { numericsBetween } from '../telemetry/recent-numerics-store.ts';
import { ingestEvent } from '../uplink/ingest-event.ts';
import { createAesVault } from '../vault/aes-vault.ts';
import { readIdentity, readWrappedKey } from '../vault/vault-store.ts';
import { readVehicles } from '../vehicles/vehicle-store.ts';
import type { ViewPorts } from './case-reads.ts';
import { hashPassword } from './password.ts';
import type { PeoplePorts } from './people-ports.ts';
import { PASSWORD, PATIENT_NAME, people } from './town-people.fixture.ts';

export interface Town {
  readonly database: TestDatabase;
  readonly admin: pg.Client;
  readonly clock: { nowMs(): number; advance(ms: number): void };
  readonly people: PeoplePorts;
  readonly views: ViewPorts;
  readonly answers: AnswerPorts;
  readonly vehicleKey: KeyPair;
  /** A chest-pain case of vehicle 1 with a sealed name, pre-alerted to hospital 1. */
  openCase(n: number): Promise<OpenedCase>;
  fireDue(): Promise<number>;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  auditActions(): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface OpenedCase {
  readonly caseId: CaseId;
  readonly preAlertId: string;
  readonly targetId: string;
}

async function seed(admin: pg.Client, vehicleKey: KeyPair): Promise<void> {
  await admin.query(
    "INSERT INTO installation (kind, name_zh, name_en, center_latitude_deg, center_longitude_deg) VALUES ('demo', '试县', 'Test county', 31.38, 120.98)",
  );
  for (const n of [1, 2]) {
    const hospital = hospitalIdOf(n);
    await admin.query('INSERT INTO hospital VALUES ($1, $2, $3, $4, 31.38, $5)', [
      hospital,
      `第${n}医院`,
      `Hospital ${n}`,
      '120',
      120.9 + n / 10,
    ]);
    await admin.query('INSERT INTO desk VALUES ($1, $2, $3, $4, $5, true)', [
      deskIdOf(n),
      hospital,
      '急诊预检',
      'Triage',
      '120',
    ]);
    for (const specialty of ['chest-pain', 'emergency', ...(n === 2 ? ['stroke'] : [])]) {
      await admin.query('INSERT INTO center VALUES ($1, $2, NULL)', [hospital, specialty]);
      await admin.query('INSERT INTO desk_center VALUES ($1, $2, $3)', [deskIdOf(n), hospital, specialty]);
    }
  }
  const passwordHash = await hashPassword(PASSWORD);
  for (const [login, person] of Object.entries(people)) {
    await admin.query(
      'INSERT INTO staff (staff_id, login, password_hash, name_zh, name_en, role) VALUES ($1, $2, $3, $4, $4, $5)',
      [person.staffId, login, passwordHash, person.name, person.role],
    );
    for (const { deskId, line } of person.desks)
      await admin.query('INSERT INTO desk_member VALUES ($1, $2, $3)', [person.staffId, deskId, line]);
  }
  for (const n of [1, 2]) {
    const key = n === 1 ? vehicleKey : createUser();
    await admin.query('INSERT INTO vehicle VALUES ($1, $2, $3, $4, NULL, $5)', [
      vehicleIdOf(n),
      `${n}号车`,
      `Unit ${n}`,
      `苏E${n}`,
      key.getPublicKey(),
    ]);
  }
  await admin.query("SELECT ensure_telemetry_partitions('2025-12-25', '2026-01-05')");
}

export async function createTown(): Promise<Town> {
  const database = await createTestDatabase();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const vehicleKey = createUser();
  await seed(admin, vehicleKey);
  const { db } = database;
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs, advance: (ms: number) => void (nowMs += ms) };
  let made = 0;
  const ids = {
    next: () => {
      const bytes = Buffer.alloc(10);
      bytes.writeUInt32BE((made += 1), 4);
      return uuidV7(nowMs, bytes);
    },
  };
  const log = createLogger('silent');
  const vault = createAesVault(Buffer.alloc(32, 7));
  const directory = await db.withActor(systemActor('api'), readDirectory);
  const ladder = defaultLadder;
  const units = createCaseUnits(db, { clock, ids, ladder, vault }, holdsLease);
  const plans = createPlanFactory({ clock, ids, ladder, directory: () => directory, lastPosition: () => null });
  const rows = async (sql: string, values: readonly unknown[] = []) => (await admin.query(sql, [...values])).rows;
  let seq = 0;

  const openCase = async (n: number): Promise<OpenedCase> => {
    const caseId = caseIdOf(n);
    const onCase = { caseId };
    const facts = [
      event('case.opened', {}, onCase),
      { ...event('identity.attached', { personId: `person-${n}` }, onCase), sealed: { name: PATIENT_NAME } },
      event('pre-alert.requested', { specialty: 'chest-pain', tier: 'level-1', hospitalId: hospitalIdOf(1) }, onCase),
    ];
    for (const fact of facts) {
      seq += 1;
      await ingestEvent(eventItem(seq, fact), { units, plans, outcomeFor: () => ({ firing: [], quietRuleIds: [] }) });
    }
    const [row] = await rows('SELECT pre_alert_id, target_id FROM pre_alert_target WHERE case_id = $1', [caseId]);
    return { caseId, preAlertId: String(row?.['pre_alert_id']), targetId: String(row?.['target_id']) };
  };

  return {
    database,
    admin,
    clock,
    people: { db, clock, ids, kind: 'demo' },
    views: {
      db,
      clock,
      ids,
      log,
      ladder,
      vault,
      reads: { readCase, readIdentity, readWrappedKey, numericsBetween, readVehicles },
    },
    answers: { units, plans },
    vehicleKey,
    openCase,
    rows,
    fireDue: () => fireDueSteps({ steps: createDueSteps(db), units, plans, clock, log, onFired: () => undefined }),
    auditActions: async () =>
      (await rows('SELECT action FROM audit_row ORDER BY at, audit_id')).map((row) => row['action']),
    close: async () => {
      await admin.end();
      await database.close();
    },
  };
}

/** One reading a second, from `fromSeq` on. */
export async function addNumerics(
  town: Town,
  some: { caseId: CaseId; count: number; vehicle?: number; fromSeq?: number },
): Promise<void> {
  const { caseId, count, fromSeq = 1 } = some;
  const vehicle = vehicleIdOf(some.vehicle ?? 1);
  const entries = Array.from({ length: count }, (_, index) => ({
    item: numericsItem(fromSeq + index, { heartRateBpm: 60 + (index % 100) }, { caseId, vehicle }),
    road: 'vit' as const,
    shard: 0,
    receivedAtMs: START_MS + (fromSeq + index) * 1_000,
    raw: new Uint8Array(),
    end: () => undefined,
  }));
  await town.database.db.withActor(systemActor('ingest'), (tx) => insertTelemetry(tx, entries));
}
