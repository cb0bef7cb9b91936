import type { DispatchJobInput } from '@pentad/protocol/dispatch-job';
import { START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { createCaseDatabase, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { readCase } from '../cases/case-store.ts';
import { countedIds, recordingLog } from '../platform/fake-time.fixture.ts';
import { findVehicle } from '../vehicles/find-vehicle-store.ts';
import type { JobOrigin } from './dispatch-job.ts';
import { readJobCard } from './read-job-card.ts';
import { receiveDispatchJob, type DispatchPorts } from './receive-dispatch-job.ts';

export const fromHttp: JobOrigin = { centre: 'county-120', source: 'http', actorId: 'api-client:test' };

export const ADDRESS = '幸福路地址CANARY12号';
export const PHONE = '13912345678';
export const CALLER = '李四CANARY';

/** A whole job of vehicle 1; `some` overrides whole fields. */
export const job = (some: Partial<DispatchJobInput> = {}): DispatchJobInput => ({
  jobNumber: 'J-1',
  vehicle: { vehicleId: vehicleIdOf(1), plate: null, callSign: null },
  times: { callAtMs: START_MS, answerAtMs: START_MS + 8_000, dispatchAtMs: START_MS + 60_000, departAtMs: null },
  complaint: '胸痛主诉CANARY',
  complaintCodes: ['chest-pain'],
  sex: 'female',
  ageYears: 71,
  address: ADDRESS,
  location: { latitudeDeg: 31.2, longitudeDeg: 121.4, datum: 'WGS-84' },
  callerPhone: PHONE,
  callerName: CALLER,
  patientName: null,
  note: null,
  isWithdrawn: false,
  ...some,
});

export async function createDispatchHouse() {
  const house: CaseDatabase = await createCaseDatabase();
  const { database, time, vault, units, plans } = house;
  const ids = countedIds(7_000);
  const log = recordingLog();
  const ports: DispatchPorts = {
    db: database.db,
    clock: time,
    ids,
    log,
    vault,
    units,
    plans,
    findVehicle,
    // Recognisable: what comes in as GCJ-02 has gone through here.
    toWgs84: ({ latitudeDeg, longitudeDeg }) => ({
      latitudeDeg: latitudeDeg - 0.002,
      longitudeDeg: longitudeDeg - 0.004,
    }),
  };
  return {
    ...house,
    ports,
    log,
    receive: (given: DispatchJobInput, origin = fromHttp) => receiveDispatchJob(ports, given, origin),
    card: (vehicle: string, caseId: Parameters<typeof readJobCard>[2]) =>
      readJobCard({ ...ports, readCase }, vehicle, caseId),
    jobRow: async (jobNumber: string) =>
      (await house.rows('SELECT * FROM dispatch_job WHERE job_number = $1', [jobNumber]))[0],
    /** Types of a case's log with what they say, in order. */
    events: async (caseId: string | null) =>
      house.rows(
        'SELECT event_type AS type, clinical, has_sealed FROM case_event WHERE case_id = $1 ORDER BY case_seq',
        [caseId],
      ),
  };
}
export type DispatchHouse = Awaited<ReturnType<typeof createDispatchHouse>>;

/** Tables of which some row holds one of these words, as text, as bytes or in base64. */
export async function tablesHolding(house: CaseDatabase, words: readonly string[]): Promise<string[]> {
  const like = words.flatMap((word) => [
    `%${word}%`,
    `%${Buffer.from(word).toString('hex')}%`,
    `%${Buffer.from(word).toString('base64').slice(0, -3)}%`,
  ]);
  const tables = await house.rows("SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'");
  const holding: string[] = [];
  for (const { name } of tables) {
    const found = await house.rows(`SELECT 1 FROM ${String(name)} t WHERE t::text LIKE ANY ($1) LIMIT 1`, [like]);
    if (found.length > 0) holding.push(String(name));
  }
  return holding;
}
