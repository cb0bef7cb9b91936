import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendEcgPhoto } from '../../ambulance-client/agent/src/photos/send-ecg-photo.ts';
import type { ConsolePage } from '../support/console-page.ts';
import { paperEcgPhoto } from '../support/paper-ecg.ts';
import { useRegion } from '../support/region-of-file.ts';
import { slowLink, type SlowLink } from '../support/slow-link.ts';
import {
  crew,
  ecg,
  numerics,
  openAdult,
  place,
  streamingAgent,
  type StreamingAgent,
} from '../support/streaming-agent.ts';
import { wellEnough } from '../support/vehicle-capture.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [11], withoutVehicles: true });
const PHOTO_WITHIN_MS = 120_000;
let link: SlowLink;
let vehicle: StreamingAgent;
let page: ConsolePage;
let ticking: NodeJS.Timeout | undefined;

beforeAll(async () => {
  const [enrolled] = file.region.vehicles;
  if (!enrolled) throw new Error('no vehicle');
  const { port } = file.server();
  link = await slowLink([file.region.broker.port, port], { bytesPerSecond: 2_000, delayMs: 800 });
  const [brokerPort, serverPort] = link.ports;
  const behind = { address: `http://127.0.0.1:${serverPort}` };
  vehicle = await streamingAgent(file.region, behind, enrolled, `nats://127.0.0.1:${brokerPort}`);
  page = await file.page();
  await waitUntil('the link is up', () => vehicle.agent.status().link !== 'none', 60_000);
}, 120_000);
afterAll(async () => {
  clearInterval(ticking);
  await vehicle?.agent.stop();
  await link?.close();
});

test('E12: 2 KB/s with 800 ms delay: events and the ECG photo arrive, waveforms are shed and said', async () => {
  const { agent } = vehicle;
  const caseId = openAdult(agent);
  let mark = 0;
  let seconds = 0;
  ticking = setInterval(() => {
    const nowMs = Date.now();
    agent.capture([ecg(caseId, nowMs - 500, (mark += 1)), ecg(caseId, nowMs, (mark += 1))]);
    if ((seconds += 1) % 10 === 0) agent.capture([numerics(caseId, nowMs, wellEnough), place(caseId, nowMs)]);
  }, 1_000);
  const takenAtMs = Date.now();
  const photo = await paperEcgPhoto(1_200, 850);
  const input = {
    caseId,
    patientSlot: 1,
    mediaType: 'image/jpeg',
    photo,
    acquiredAtMs: takenAtMs,
    actor: crew,
  } as const;
  await sendEcgPhoto(agent, input);
  agent.requestPreAlert(caseId, { actor: crew, specialty: 'chest-pain', tier: 'level-1', hospitalId: null });
  const pressedAtMs = Date.now();
  await page.alertOf(caseId, 60_000);
  const alertMs = Date.now() - pressedAtMs;
  const stored = () =>
    file.region.query<{ bytes: string }>(
      `SELECT clinical->>'bytes' AS bytes FROM case_event WHERE case_id = '${caseId}' AND event_type = 'media.stored'`,
    );
  await waitUntil('the small photo is whole', async () => (await stored()).length > 0, PHOTO_WITHIN_MS);
  const photoMs = Date.now() - takenAtMs;
  const [first] = await stored();
  const shed = () =>
    file.region.query<{ n: string }>(
      "SELECT coalesce(sum(to_seq - from_seq + 1), 0) AS n FROM lane_gap WHERE lane = 'wav' AND cause = 'link-slow'",
    );
  await waitUntil('waveforms are said to be shed', async () => Number((await shed())[0]?.n) > 0, 60_000);
  console.log(
    `2 KB/s, 800 ms: alert after ${(alertMs / 1_000).toFixed(1)} s, photo of ${first?.bytes} bytes after ` +
      `${(photoMs / 1_000).toFixed(0)} s, ${(await shed())[0]?.n} of ${mark} waveform chunks shed`,
  );
  expect(photoMs).toBeLessThan(PHOTO_WITHIN_MS);
  expect(alertMs).toBeLessThan(15_000);
}, 300_000);
