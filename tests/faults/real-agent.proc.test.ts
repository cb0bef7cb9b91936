import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseScreen, Recorded } from '../../ambulance-client/agent/src/agent-types.ts';
import { startAgent, writeVehicleFolder, type AgentProcess } from '../support/agent-process.ts';
import { buildAgent } from '../support/bundles.ts';
import type { ConsolePage } from '../support/console-page.ts';
import { logViolations } from '../support/invariants.ts';
import { useRegion } from '../support/region-of-file.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [8], servers: 1, withoutVehicles: true });
const actor = { id: 'crew-1', name: '急救员', assurance: 'pin' };
const patient = { ageYears: 64, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false };
const opening = {
  actor,
  origin: 'dispatch-120',
  patientSlot: 1,
  patient,
  complaintCodes: ['chest-pain'],
  specialty: null,
};
const asking = { actor, specialty: 'chest-pain', tier: 'level-1', hospitalId: null };

let folder = '';
let agent: AgentProcess;
let page: ConsolePage;
const recorded: Recorded[] = [];

const start = async () => {
  agent = await startAgent(file.region, file.server(), folder);
};

beforeAll(async () => {
  await buildAgent();
  const [enrolled] = file.region.vehicles;
  if (!enrolled) throw new Error('no vehicle');
  folder = await writeVehicleFolder(file.region, enrolled);
  await start();
  page = await file.page();
}, 60_000);
afterAll(() => agent.stop());

async function note(act: Promise<Recorded>): Promise<Recorded> {
  const made = await act;
  recorded.push(made);
  return made;
}
const openCase = () => note(agent.post('/v1/cases', opening));
const press = (caseId: string) => note(agent.post(`/v1/cases/${caseId}/pre-alerts`, asking));
const screen = (caseId: string) => agent.get<CaseScreen>(`/v1/cases/${caseId}`);

/** Every act the crew made on the tablet is one row, and the agent says of each that it is stored. */
async function allStoredOnce(): Promise<void> {
  await waitUntil('the agent says that all of it is stored', async () => {
    const screens = await Promise.all([...new Set(recorded.map(({ caseId }) => caseId))].map(screen));
    return screens.flatMap(({ own }) => own).filter(({ isStored }) => isStored).length === recorded.length;
  });
  const rows = await file.region.query<{ event_id: string; count: string }>(
    'SELECT event_id, count(*) FROM case_event WHERE vehicle_id IS NOT NULL GROUP BY 1',
  );
  expect(rows.map((row) => row.event_id).toSorted()).toEqual(recorded.map(({ eventId }) => eventId).toSorted());
  expect(await logViolations(file.region, file.pages)).toEqual([]);
}

test('a press on the real agent is on the desk, the nurse accepts, and the crew reads who and when', async () => {
  const { caseId } = await openCase();
  await press(caseId);
  const { alert, target } = await page.alertOf(caseId);
  const nurse = await file.staff('nurse-east');
  await nurse.answer(
    file.server(),
    { preAlertId: alert.preAlertId, targetId: target.targetId },
    { opId: randomUUID() },
  );
  await waitUntil('the crew reads the answer', async () => (await screen(caseId)).answers.length > 0);
  const { answers, requests } = await screen(caseId);
  expect(answers).toMatchObject([{ answer: 'accept', byName: 'nurse-east', isOwner: true }]);
  expect(requests).toMatchObject([{ isStored: true, preAlertId: alert.preAlertId }]);
  expect(requests[0]?.displayedAtMs).not.toBeNull();
  await allStoredOnce();
});

test('N1 E5: the broker is gone: a press goes by the second path; the agent SIGKILLed and both back, every act is stored once', async () => {
  await file.region.broker.kill();
  file.region.broker.deleteStore();
  const { caseId } = await openCase();
  await press(caseId);
  await page.alertOf(caseId, 45_000);
  const other = await openCase();
  await agent.kill();
  await start();
  await press(other.caseId);
  await file.region.broker.startAgain();
  await page.alertOf(other.caseId);
  await allStoredOnce();
  const alerts = await file.region.query<{ count: string }>('SELECT count(*) FROM pre_alert GROUP BY case_id');
  expect(alerts.map(({ count }) => count)).toEqual(['1', '1', '1']);
});
