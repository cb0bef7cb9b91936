import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { milestones } from '@pentad/protocol/case-reading';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseLine, CaseScreen } from '../../ambulance-client/agent/src/agent-types.ts';
import { startAgent, writeVehicleFolder, type AgentProcess } from '../support/agent-process.ts';
import { buildAgent } from '../support/bundles.ts';
import { useRegion } from '../support/region-of-file.ts';
import { repositoryRoot } from '../support/run-directory.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [8], servers: 1, withoutVehicles: true });
const ADDRESS = '幸福路地址CANARY12号';
const PHONE = '13912345678';
const CALL_MS = Date.now() - 60_000;

let folder = '';
let token = '';
let agent: AgentProcess;

const job = (some: object = {}) => ({
  jobNumber: 'J-1',
  vehicle: { vehicleId: file.region.vehicles[0]?.vehicle },
  times: { callAtMs: CALL_MS, answerAtMs: CALL_MS + 8_000, dispatchAtMs: CALL_MS + 30_000 },
  complaint: '胸痛CANARY',
  complaintCodes: ['chest-pain'],
  sex: 'female',
  ageYears: 71,
  address: ADDRESS,
  location: { latitudeDeg: 31.2304, longitudeDeg: 121.4737, datum: 'GCJ-02' },
  callerPhone: PHONE,
  ...some,
});
async function tell(body: object): Promise<{ status: number; caseId: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${file.server().address}/v1/dispatch-jobs`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const { caseId = '' } = (await response.json()) as { caseId?: string };
  return { status: response.status, caseId };
}
/** The vehicle's files that hold the words. grep says 1 where it found nothing; any other failure is no answer. */
async function filesHolding(words: string, under = folder): Promise<string> {
  try {
    return (await promisify(execFile)('grep', ['-rlaF', '-e', words, under])).stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 1) return '';
    throw error;
  }
}
const screen = (caseId: string) => agent.get<CaseScreen>(`/v1/cases/${caseId}`);

beforeAll(async () => {
  await buildAgent();
  const [enrolled] = file.region.vehicles;
  if (!enrolled) throw new Error('no vehicle');
  folder = await writeVehicleFolder(file.region, enrolled);
  agent = await startAgent(file.region, file.server(), folder);
  const script = path.join(repositoryRoot, 'scripts/dispatch-token.mjs');
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: file.region.adminUrl() };
  token = (await promisify(execFile)(process.execPath, [script, '--name', 'county-120'], { env })).stdout.trim();
}, 60_000);
afterAll(() => agent.stop());

test('a job told over HTTP is on the vehicle’s own screen with its card, its times and who it is for; told with more, so is that', async () => {
  const { status, caseId } = await tell(job());
  expect(status).toBe(200);
  await waitUntil('the vehicle has the card', async () => {
    const { cases } = await agent.get<{ cases: CaseLine[] }>('/v1/cases');
    return cases.some((line) => line.caseId === caseId) && (await screen(caseId)).jobCard?.isLatest === true;
  });
  const shown = await screen(caseId);
  expect(shown.jobCard?.card).toMatchObject({ address: ADDRESS, callerPhone: PHONE, complaint: '胸痛CANARY' });
  // People's Square as GCJ-02 lies some hundred metres from where WGS-84 has it.
  expect(Math.abs(Number(shown.jobCard?.card?.latitudeDeg) - 31.2304)).toBeGreaterThan(0.001);
  expect(milestones(shown.state).T_CALL).toMatchObject({ atMs: CALL_MS, source: 'dispatch' });
  expect(shown.state.patient.current?.value).toMatchObject({ sex: 'female', ageYears: 71 });

  await tell(job({ note: '3楼无电梯CANARY', times: { departAtMs: CALL_MS + 50_000 } }));
  await waitUntil(
    'the vehicle has what was told later',
    async () => (await screen(caseId)).jobCard?.card?.note === '3楼无电梯CANARY',
  );
  expect((await screen(caseId)).vehicleStates[0]).toMatchObject({
    state: 'departed',
    source: 'dispatch',
    atMs: CALL_MS + 50_000,
  });

  const body = { actor: { id: 'crew-1', name: '急救员', assurance: 'pin' }, state: 'at-scene' };
  await agent.post(`/v1/cases/${caseId}/vehicle-state`, body);
  await tell(job({ isWithdrawn: true }));
  await waitUntil('the withdrawal came down', async () =>
    (await screen(caseId)).state.timeline.some(({ type }) => type === 'dispatch.withdrawn'),
  );
});

test('the agent killed and the server away: the card is still there', async () => {
  const { caseId } = await tell(job({ jobNumber: 'J-2' }));
  await waitUntil('the vehicle has the card', async () => {
    const { cases } = await agent.get<{ cases: CaseLine[] }>('/v1/cases');
    return cases.some((line) => line.caseId === caseId) && (await screen(caseId)).jobCard?.card?.address === ADDRESS;
  });
  await agent.kill();
  await file.region.broker.kill();
  agent = await startAgent(file.region, file.server(), folder);
  expect((await screen(caseId)).jobCard).toMatchObject({ card: { address: ADDRESS }, isLatest: true });
  await file.region.broker.startAgain();
});

test('H25: address, phone and words stand in no table, no log of server or vehicle, and no file of the vehicle', async () => {
  // What stands there is found.
  expect(await filesHolding(file.region.vehicles[0]?.vehicle ?? '')).toContain('vehicle.json');
  await expect(filesHolding(PHONE, `${folder}.absent`)).rejects.toThrow();
  for (const words of ['CANARY', PHONE, '幸福路']) {
    expect(await file.region.tablesHolding(words)).toEqual([]);
    expect(file.region.readLogs()).not.toContain(words);
    expect(agent.readLog()).not.toContain(words);
    expect(await filesHolding(words)).toBe('');
  }
});
