import { randomUUID } from 'node:crypto';
import { noVitals } from '@pentad/protocol/vitals';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent, AgentStatus, CaseScreen, Recorded } from '../../ambulance-client/agent/src/agent-types.ts';
import { bothAddresses, startAgent, writeVehicleFolder, type AgentProcess } from '../support/agent-process.ts';
import { buildAgent } from '../support/bundles.ts';
import type { ConsolePage } from '../support/console-page.ts';
import { logViolations } from '../support/invariants.ts';
import { useRegion } from '../support/region-of-file.ts';
import { streamingAgent } from '../support/streaming-agent.ts';
import { waitUntil } from '../support/wait-until.ts';

const WITHIN_MS = 10_000;
const file = useRegion({ shards: [5, 9], servers: 1, withoutVehicles: true });
const actor = { id: 'crew-1', name: '急救员', assurance: 'pin' };
const opening = {
  actor,
  origin: 'dispatch-120',
  patientSlot: 1,
  patient: { ageYears: 64, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false },
  complaintCodes: ['chest-pain'],
  specialty: null,
};
const asking = { actor, specialty: 'chest-pain', tier: 'level-1', hospitalId: null };
let agent: AgentProcess;
let page: ConsolePage;
/** The same agent in this process, because the local API takes no telemetry. */
let streaming: Agent;

beforeAll(async () => {
  await buildAgent();
  const [enrolled, other] = file.region.vehicles;
  if (!enrolled || !other) throw new Error('no vehicles');
  const folder = await writeVehicleFolder(file.region, enrolled);
  const addresses = bothAddresses(file.region, file.server());
  streaming = (await streamingAgent(file.region, file.server(), other, addresses)).agent;
  agent = await startAgent(file.region, file.server(), folder, addresses);
  page = await file.page();
}, 60_000);
afterAll(async () => {
  await agent?.stop();
  await streaming?.stop();
});

const status = () => agent.get<AgentStatus>('/v1/status');
const screen = (caseId: string) => agent.get<CaseScreen>(`/v1/cases/${caseId}`);

/** Asks for help and has it answered. @returns how long the alert and the answer each took */
async function askAndAnswer(): Promise<{ caseId: string; alertMs: number; answerMs: number }> {
  const { caseId } = await agent.post<Recorded>('/v1/cases', opening);
  const pressedAtMs = Date.now();
  await agent.post<Recorded>(`/v1/cases/${caseId}/pre-alerts`, asking);
  const { alert, target } = await page.alertOf(caseId, WITHIN_MS);
  const alertMs = (page.firstShownAtMs.get(target.targetId) ?? Infinity) - pressedAtMs;
  const nurse = await file.staff('nurse-east');
  const on = { preAlertId: alert.preAlertId, targetId: target.targetId };
  expect((await nurse.answer(file.server(), on, { opId: randomUUID() })).status).toBe(200);
  const answerMs = await waitUntil(
    'the crew reads the answer',
    async () => (await screen(caseId)).answers.length > 0,
    WITHIN_MS,
  );
  expect((await screen(caseId)).answers).toMatchObject([{ answer: 'accept', byName: 'nurse-east', isOwner: true }]);
  return { caseId, alertMs, answerMs };
}

const measure = (heartRateBpm: number) =>
  streaming.capture([
    {
      lane: 'vit',
      measuredAtMs: Date.now(),
      caseId: null,
      patientSlot: 1,
      vitals: { ...noVitals, heartRateBpm },
      times: { bloodPressureAtMs: null, temperatureAtMs: null },
    },
  ]);
const numericsRows = async () => {
  const [row] = await file.region.query<{ count: string }>('SELECT count(*) FROM numerics');
  return Number(row?.count);
};

test('with all ways open the agent is on the direct one and has measured WebSocket through the server’s port', async () => {
  await waitUntil(
    'all ways are measured good',
    async () => {
      const { link, probes } = await status();
      return link === 'tls' && probes.every(({ isGood }) => isGood === true);
    },
    40_000,
  );
  expect((await status()).probes.map(({ link }) => link)).toEqual(['tls', 'wss', 'https']);
}, 60_000);

test('broker gone for good: an alert and its answer cross by HTTPS in 10 s, each time, and telemetry waits in the journal', async () => {
  await file.region.broker.kill();
  const goneAtMs = Date.now();
  const first = await askAndAnswer();
  await waitUntil('the agent says that it is on HTTPS', async () => (await status()).link === 'https', WITHIN_MS);
  const later = await askAndAnswer();
  const took = [first, later].map(({ alertMs, answerMs }) => `alert ${alertMs} ms, answer ${Math.round(answerMs)} ms`);
  console.log(`broker gone for ${Date.now() - goneAtMs} ms: ${took.join('; ')}`);
  for (const { alertMs } of [first, later]) expect(alertMs).toBeLessThan(WITHIN_MS);
  for (const { caseId } of [first, later]) {
    const { own, requests } = await screen(caseId);
    expect(own.every(({ isStored }) => isStored)).toBe(true);
    expect(requests).toMatchObject([{ isStored: true }]);
  }
  expect(await status()).toMatchObject({ waiting: { evt: 0 }, declaredGaps: 0, rung: 'second-path' });
  expect(await logViolations(file.region, file.pages)).toEqual([]);
});

test('what the monitor said meanwhile waits in the journal, none of it given up, and is stored once a broker is there', async () => {
  for (let beat = 0; beat < 50; beat += 1) measure(60 + beat);
  await waitUntil('the vehicle says that it is on HTTPS', () => streaming.status().link === 'https', WITHIN_MS);
  expect(streaming.status()).toMatchObject({ waiting: { vit: 50 }, declaredGaps: 0, refused: { vit: [] } });
  expect(await numericsRows()).toBe(0);
  await file.region.broker.startAgain();
  await waitUntil('all of it has its receipt', () => streaming.status().waiting.vit === 0, 60_000);
  expect(await numericsRows()).toBe(50);
  expect(streaming.status()).toMatchObject({ declaredGaps: 0 });
});
