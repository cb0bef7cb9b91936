import type { CaseEvent } from '@pentad/protocol/case-event';
import { PreAlertId, TargetId, type CaseId } from '@pentad/protocol/ids';
import { caseIdOf, eventIdOf, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, eventItem } from '@pentad/protocol/testing/builders';
import pg from 'pg';
import * as v from 'valibot';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { county } from '../desks/county.fixture.ts';
import { systemActor, type StaffActor } from '../platform/actor.ts';
import { countedIds, FakeTime } from '../platform/fake-time.fixture.ts';
import * as staff from '../platform/staff.fixture.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { holdsLease } from '../shards/lease-store.ts';
import { ingestEvent, type IngestedEvent } from '../uplink/ingest-event.ts';
import { createAesVault } from '../vault/aes-vault.ts';
import type { Vault } from '../vault/vault.ts';
import { createCaseUnits } from './case-units-store.ts';
import type { CaseUnits } from './case-units.ts';
import type { PlanFactory } from './plan-factory.ts';
import { makePlans } from './planning.fixture.ts';

/** The county of the fixtures, its staff and ten vehicles, as rows. */
async function seed(admin: pg.Client): Promise<void> {
  await admin.query(
    "INSERT INTO installation (kind, name_zh, name_en, center_latitude_deg, center_longitude_deg) VALUES ('demo', '试县', 'Test county', 30.4, 120.2)",
  );
  for (const { hospitalId, latitudeDeg, longitudeDeg, centers, desks } of county.hospitals) {
    await admin.query("INSERT INTO hospital VALUES ($1, '医院', 'Hospital', '120', $2, $3)", [
      hospitalId,
      latitudeDeg,
      longitudeDeg,
    ]);
    for (const { specialty } of centers)
      await admin.query('INSERT INTO center VALUES ($1, $2, NULL)', [hospitalId, specialty]);
    for (const { deskId, serves } of desks) {
      await admin.query("INSERT INTO desk VALUES ($1, $2, '预检', 'Triage', '120', true)", [deskId, hospitalId]);
      for (const specialty of serves)
        await admin.query('INSERT INTO desk_center VALUES ($1, $2, $3)', [deskId, hospitalId, specialty]);
    }
  }
  for (const person of Object.values(staff).filter((other): other is StaffActor => 'staffId' in other)) {
    await admin.query("INSERT INTO staff VALUES ($1, $2, '-', $3, $3, $4)", [
      person.staffId,
      person.staffId,
      person.name,
      person.role,
    ]);
    for (const { deskId, line } of person.desks)
      await admin.query('INSERT INTO desk_member VALUES ($1, $2, $3)', [person.staffId, deskId, line]);
  }
  for (let n = 1; n <= 10; n += 1) {
    await admin.query('INSERT INTO vehicle VALUES ($1, $1, $1, $1, NULL, $1)', [vehicleIdOf(n)]);
  }
  await admin.query("SELECT ensure_telemetry_partitions('2025-12-20', '2026-01-06')");
}

export interface OpenAlert {
  readonly caseId: CaseId;
  readonly preAlertId: PreAlertId;
  readonly targetId: TargetId;
}

export interface CaseDatabase {
  readonly database: TestDatabase;
  readonly time: FakeTime;
  readonly vault: Vault;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  /** As superuser, past every policy. */
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A fact of vehicle 1's crew, as it comes off the uplink. */
  tell(fact: CaseEvent): Promise<IngestedEvent>;
  /** A chest-pain case that rings at hospital 1; every case, alert and target of a file is another one. */
  openAlert(): Promise<OpenAlert>;
  close(): Promise<void>;
}

let facts = 0;
/** Event ids of a file never meet those of the builders. */
export const fact = (given: CaseEvent, caseId: CaseId): CaseEvent => ({
  ...given,
  envelope: { ...given.envelope, caseId, eventId: eventIdOf(500_000 + (facts += 1)) },
});

export async function createCaseDatabase(): Promise<CaseDatabase> {
  const database = await createTestDatabase();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await seed(admin);
  const time = new FakeTime();
  const vault = createAesVault(Buffer.alloc(32, 7));
  const ids = countedIds();
  const units = createCaseUnits(database.db, { clock: time, ids, ladder: defaultLadder, vault }, holdsLease);
  const plans = makePlans({ clock: time, ids });
  const rows = async (sql: string, values: readonly unknown[] = []) =>
    (await admin.query<Record<string, unknown>>(sql, [...values])).rows;
  let seq = 0;
  let cases = 0;
  const tell = (given: CaseEvent) =>
    ingestEvent(eventItem((seq += 1), given), { units, plans, outcomeFor: () => ({ firing: [], quietRuleIds: [] }) });
  return {
    database,
    time,
    vault,
    units,
    plans,
    rows,
    tell,
    openAlert: async () => {
      const caseId = caseIdOf(1_000 + (cases += 1));
      await tell(fact(event('case.opened'), caseId));
      await tell(fact(event('pre-alert.requested', { requestId: `request-${cases}` }), caseId));
      const [row] = await rows('SELECT pre_alert_id, target_id FROM pre_alert_target WHERE case_id = $1', [caseId]);
      return {
        caseId,
        preAlertId: v.parse(PreAlertId, row?.['pre_alert_id']),
        targetId: v.parse(TargetId, row?.['target_id']),
      };
    },
    close: async () => {
      await admin.end();
      await database.close();
    },
  };
}

export const ingest = systemActor('ingest');
export const clockRole = systemActor('clock');
