import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const root = fileURLToPath(new URL('../..', import.meta.url));
const Ready = v.object({ ready: v.record(v.string(), v.union([v.string(), v.number()])) });

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface Running {
  readonly child: ChildProcess;
  readonly ready: Readonly<Record<string, string | number>>;
}

async function run(script: string, env: Record<string, string>, logFile: string): Promise<Running> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [path.join(root, script)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ready = await new Promise<Running['ready']>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}; see ${logFile}`)));
    child.on('message', (message) => {
      const read = v.safeParse(Ready, message);
      if (read.success) resolve(read.output.ready);
    });
  });
  return { child, ready };
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => void child.once('exit', () => resolve()));

/** The demo server with its own PostgreSQL and NATS, and one ambulance as a process of its own: no scripted cases. */
export interface WholeRegion {
  readonly address: string;
  readonly vehicle: Ambulance;
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  stop(): Promise<void>;
}

const Created = v.looseObject({ caseId: v.string() });

/** The crew's side, through the agent's local API. */
export class Ambulance {
  readonly #url: string;
  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async #post(place: string, body: object): Promise<v.InferOutput<typeof Created>> {
    const crew = { actor: { id: 'crew-1', name: '王急救医生', assurance: 'pin' } };
    const answer = await fetch(this.#url + place, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...crew, ...body }),
    });
    if (!answer.ok) throw new Error(`${place}: ${answer.status} ${await answer.text()}`);
    return v.parse(Created, await answer.json());
  }

  async openCase(patient: { ageYears: number; sex: 'male' | 'female' }, specialty: string): Promise<string> {
    const nobody = { ageDays: null, gestationDays: null, isPregnant: null };
    const body = {
      origin: 'dispatch-120',
      patientSlot: 1,
      patient: { ...nobody, ...patient },
      complaintCodes: ['chest-pain'],
      specialty,
    };
    return (await this.#post('/v1/cases', body)).caseId;
  }

  async record(caseId: string, type: string, clinical: object, sealed?: Record<string, string>): Promise<void> {
    await this.#post(`/v1/cases/${caseId}/events`, { type, clinical, ...(sealed ? { sealed } : {}) });
  }

  async requestPreAlert(caseId: string, specialty: string, hospitalId: string): Promise<void> {
    await this.#post(`/v1/cases/${caseId}/pre-alerts`, { specialty, tier: 'level-1', hospitalId });
  }

  async shown(caseId: string): Promise<string> {
    return (await fetch(`${this.#url}/v1/cases/${caseId}`)).text();
  }
}

export async function startWholeRegion(): Promise<WholeRegion> {
  // A fresh clone has no bundles yet; where they are up to date this does nothing.
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pentad-e2e-'));
  const port = await freePort();
  const startServer = () =>
    run(
      'server/dist/main.js',
      { PENTAD_DATA_DIR: dataDir, HTTP_PORT: String(port), PENTAD_KIND: 'demo' },
      path.join(dataDir, 'server.log'),
    );
  let server = await startServer();
  const agentPort = await freePort();
  const agent = await run(
    'ambulance-client/agent/dist/main.js',
    {
      PENTAD_VEHICLE_DIR: path.join(dataDir, 'vehicles', '01'),
      PENTAD_SERVER_URL: `http://127.0.0.1:${port}`,
      NATS_URL: String(server.ready['natsUrl']),
      AGENT_PORT: String(agentPort),
    },
    path.join(dataDir, 'agent.log'),
  );
  return {
    address: `http://localhost:${port}`,
    vehicle: new Ambulance(agentPort),
    killServer: async () => {
      server.child.kill('SIGKILL');
      await ended(server.child);
    },
    startServer: async () => {
      server = await startServer();
    },
    stop: async () => {
      agent.child.kill('SIGTERM');
      await ended(agent.child);
      server.child.kill('SIGTERM');
      await ended(server.child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
