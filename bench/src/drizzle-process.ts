import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { numerics } from './drizzle/numerics-table.ts';
import { readPipeConfig } from './pipe/pipe-config.ts';
import { runPipe, type Row } from './pipe/run-pipe.ts';

/** What one writes first: drizzle, many rows an insert. 500, because larger `.values()` overflow the stack (limits.md). */
const ROWS_AN_INSERT = 500;
const config = readPipeConfig();
const pool = new pg.Pool({ connectionString: config.postgresUrl, max: 2 });
const db = drizzle(pool);
const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

const toRow = ({ item, receivedAtMs }: Row): typeof numerics.$inferInsert => ({
  day: item.day,
  vehicle: item.vehicle,
  epoch: item.epoch,
  seq: item.seq,
  caseId: item.caseId,
  patientSlot: item.patientSlot,
  measuredAt: new Date(item.measuredAtMs),
  capturedAt: new Date(item.capturedAtMs),
  receivedAt: new Date(receivedAtMs),
  monotonicMs: item.monotonicMs,
  bootId: item.bootId,
  clockOffsetMs: item.clock?.offsetMs ?? null,
  clockErrorMs: item.clock?.errorMs ?? null,
  isBackfill: false,
  heartRateBpm: item.vitals.heartRateBpm,
  pulseRateBpm: item.vitals.pulseRateBpm,
  respiratoryRatePerMin: item.vitals.respiratoryRatePerMin,
  spo2Percent: item.vitals.spo2Percent,
  systolicMmHg: item.vitals.systolicMmHg,
  diastolicMmHg: item.vitals.diastolicMmHg,
  meanMmHg: item.vitals.meanMmHg,
  temperatureC: item.vitals.temperatureC,
  etco2MmHg: item.vitals.etco2MmHg,
  fio2Percent: item.vitals.fio2Percent,
  bloodPressureAt: instant(item.times.bloodPressureAtMs),
  temperatureAt: instant(item.times.temperatureAtMs),
});

await runPipe(config, async (rows) => {
  for (let at = 0; at < rows.length; at += ROWS_AN_INSERT) {
    await db
      .insert(numerics)
      .values(rows.slice(at, at + ROWS_AN_INSERT).map(toRow))
      .onConflictDoNothing();
  }
});
