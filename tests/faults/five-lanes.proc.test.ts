import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendEcgPhoto } from '../../ambulance-client/agent/src/photos/send-ecg-photo.ts';
import type { CaseId } from '@pentad/protocol/ids';
import type { ConsolePage } from '../support/console-page.ts';
import { paperEcgPhoto } from '../support/paper-ecg.ts';
import { useRegion } from '../support/region-of-file.ts';
import {
  crew,
  ecg,
  numerics,
  openAdult,
  place,
  streamingAgent,
  twelveLeads,
  type StreamingAgent,
} from '../support/streaming-agent.ts';
import { failing, wellEnough } from '../support/vehicle-capture.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [6], withoutVehicles: true });
const CUT_SECONDS = 1_800;
let vehicle: StreamingAgent;
let page: ConsolePage;

beforeAll(async () => {
  const [enrolled] = file.region.vehicles;
  if (!enrolled) throw new Error('no vehicle');
  vehicle = await streamingAgent(file.region, file.server(), enrolled, file.region.broker.url);
  page = await file.page();
  await waitUntil('the link is up', () => vehicle.agent.status().link !== 'none');
}, 60_000);
afterAll(() => vehicle?.agent.stop());

const count = async (table: string, caseId: CaseId): Promise<number> => {
  const rows = await file.region.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE case_id = '${caseId}'`);
  return Number(rows[0]?.n);
};
const storedMedia = (caseId: CaseId) =>
  file.region.query<{ bytes: string }>(
    `SELECT clinical->>'bytes' AS bytes FROM case_event WHERE case_id = '${caseId}' AND event_type = 'media.stored'`,
  );

test('ECG, numerics and a photographed ECG arrive as they left, the photo once though sent twice', async () => {
  const { agent } = vehicle;
  const caseId = openAdult(agent);
  const nowMs = Date.now();
  agent.capture([numerics(caseId, nowMs, wellEnough), place(caseId, nowMs), ecg(caseId, nowMs, 1)]);
  const photo = await paperEcgPhoto();
  const input = { caseId, patientSlot: 1, mediaType: 'image/jpeg', photo, acquiredAtMs: nowMs, actor: crew } as const;
  const first = await sendEcgPhoto(agent, input);
  expect(await sendEcgPhoto(agent, input)).toEqual(first);
  await waitUntil('both pictures are whole', async () => (await storedMedia(caseId)).length === 2);
  const sizes = (await storedMedia(caseId)).map(({ bytes }) => Number(bytes)).sort((a, b) => a - b);
  expect(sizes[0]).toBeLessThanOrEqual(180 * 1_024);
  expect(sizes[1]).toBe(photo.length);
  await waitUntil('the waveform is stored', async () => (await count('waveform', caseId)) === 1);
  const [row] = await file.region.query<{ samples: Buffer }>(
    `SELECT samples FROM waveform WHERE case_id = '${caseId}'`,
  );
  expect(row?.samples.equals(Buffer.from(twelveLeads(1).samples))).toBe(true);
  await waitUntil('everything has its receipt', () =>
    Object.values(agent.status().waiting).every((left) => left === 0),
  );
});

test('E9 E12: half an hour without a network, five lanes: nothing lost, nothing doubled, what matters first', async () => {
  const { agent, gate } = vehicle;
  const caseId = openAdult(agent);
  const crewCase = openAdult(agent);
  await waitUntil('both cases are known', async () => (await count('case_event', crewCase)) > 0);
  gate.close();
  const endMs = Date.now();
  const startMs = endMs - CUT_SECONDS * 1_000;
  for (let second = 0; second < CUT_SECONDS; second += 1) {
    const atMs = startMs + second * 1_000;
    // The patient fails in the last minute: seen by nobody, still true when the link is back.
    const vitals = second >= CUT_SECONDS - 60 ? failing : wellEnough;
    agent.capture([
      numerics(caseId, atMs, vitals),
      ...(second % 5 === 0 ? [place(caseId, atMs)] : []),
      ecg(caseId, atMs, second * 2),
      ecg(caseId, atMs + 500, second * 2 + 1),
    ]);
  }
  agent.requestPreAlert(crewCase, { actor: crew, specialty: 'chest-pain', tier: 'level-1', hospitalId: null });
  gate.open();
  const backMs = Date.now();
  await page.alertOf(crewCase, 20_000);
  const crewAlertMs = Date.now() - backMs;
  const liveCase = openAdult(agent);
  agent.capture([numerics(liveCase, Date.now(), wellEnough)]);
  const liveFromMs = Date.now();
  await waitUntil('a live reading is stored', async () => (await count('numerics', liveCase)) === 1, 20_000);
  const liveMs = Date.now() - liveFromMs;
  await page.alertOf(caseId, 60_000);
  const ruleAlertMs = Date.now() - backMs;
  const counts = async () => [
    await count('numerics', caseId),
    await count('positions', caseId),
    await count('waveform', caseId),
  ];
  const expected = [CUT_SECONDS, CUT_SECONDS / 5, CUT_SECONDS * 2];
  await waitUntil('the backlog is stored', async () => (await counts()).join() === expected.join(), 120_000);
  const backlogMs = Date.now() - backMs;
  await waitUntil(
    'everything has its receipt',
    () => Object.values(agent.status().waiting).every((left) => left === 0),
    30_000,
  );
  expect(await counts()).toEqual(expected);
  const doubled = await file.region.query(
    `SELECT measured_at FROM waveform WHERE case_id = '${caseId}' GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(doubled).toEqual([]);
  expect(agent.status().declaredGaps).toBe(0);
  console.log(
    `30 min cut, five lanes: crew's alert ${crewAlertMs} ms after the link, live reading ${liveMs} ms, ` +
      `rule on the newest reading ${ruleAlertMs} ms, whole backlog ${(backlogMs / 1_000).toFixed(1)} s`,
  );
  expect(crewAlertMs).toBeLessThan(3_000);
  expect(liveMs).toBeLessThan(5_000);
}, 240_000);
