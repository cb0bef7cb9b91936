import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CaseDetail } from '@pentad/protocol/http-api';
import { decodeSeries } from '@pentad/protocol/waveform-series';
import type { Waveform } from '@pentad/protocol/waveform';
import pg from 'pg';
import { root, type Place } from './running-start.ts';

export const recordingsDir = path.join(root, 'fixtures/recordings');
export const demoDir = path.join(root, 'fixtures/demo');

/** A row of the table `waveform`, with when its case was opened and which ambulance sent it, from 0. */
export interface WaveformRow {
  readonly measuredAtMs: number;
  readonly openedAtMs: number;
  readonly ambulanceIndex: number;
  readonly waveform: Waveform;
}

/** What the running demo stored: by the database itself, and by HTTP as somebody of the demo. */
export class DemoReader {
  readonly #place: Place;
  readonly #cookies = new Map<string, string>();

  constructor(place: Place) {
    this.#place = place;
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const note = (name: string) => readFileSync(path.join(this.#place.dataDir, 'postgres', name), 'utf8');
    const client = new pg.Client({
      host: '127.0.0.1',
      port: Number(note('port')),
      database: 'pentad',
      user: 'postgres',
      password: note('superuser-password'),
    });
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async waveforms(): Promise<WaveformRow[]> {
    const rows = await this.query<{
      measured_at: Date;
      opened_at_ms: string;
      call_sign_zh: string;
      kind: Waveform['kind'];
      samples_per_second: number;
      leads: Waveform['leads'];
      sample_count: number;
      samples: Buffer;
    }>(
      `SELECT measured_at, envelope->>'occurredAtMs' AS opened_at_ms, call_sign_zh, kind, samples_per_second, leads,
              sample_count, samples
       FROM waveform JOIN vehicle USING (vehicle_id) JOIN case_event USING (case_id)
       WHERE event_type = 'case.opened' ORDER BY measured_at`,
    );
    return rows.map((row) => ({
      measuredAtMs: row.measured_at.getTime(),
      openedAtMs: Number(row.opened_at_ms),
      ambulanceIndex: Number(/\d+$/.exec(row.call_sign_zh)?.[0]) - 1,
      waveform: {
        kind: row.kind,
        samplesPerSecond: row.samples_per_second,
        leads: row.leads,
        sampleCount: row.sample_count,
        samples: new Uint8Array(row.samples),
      },
    }));
  }

  /** The case of this ambulance in which an ECG was recorded, with that fact. */
  async recordedEcg(ambulanceIndex: number) {
    const [row] = await this.query<{
      case_id: string;
      clinical: { ecgId: string; sha256: string; acquiredAtMs: number };
    }>(
      `SELECT case_id, clinical FROM case_event JOIN vehicle USING (vehicle_id)
       WHERE event_type = 'ecg.recorded' AND call_sign_zh = $1`,
      [`急救${String(ambulanceIndex + 1).padStart(2, '0')}`],
    );
    if (!row) throw new Error(`ambulance ${ambulanceIndex + 1} recorded no ECG`);
    return { caseId: row.case_id, ...row.clinical };
  }

  async get(login: string, route: string): Promise<Response> {
    const cookie = this.#cookies.get(login) ?? (await this.#signIn(login));
    this.#cookies.set(login, cookie);
    return fetch(`http://127.0.0.1:${this.#place.port}${route}`, { headers: { cookie } });
  }

  async timeline(login: string, caseId: string): Promise<readonly string[]> {
    const response = await this.get(login, `/v1/cases/${caseId}`);
    if (!response.ok) return [];
    const detail = (await response.json()) as CaseDetail;
    return detail.case.timeline.map(({ type }) => type);
  }

  async ecgChunks(login: string, caseId: string, fromMs: number, toMs: number): Promise<readonly Waveform[]> {
    const response = await this.get(login, `/v1/cases/${caseId}/waveforms?kind=ecg&fromMs=${fromMs}&toMs=${toMs}`);
    if (!response.ok) return [];
    return decodeSeries(new Uint8Array(await response.arrayBuffer())).items.map(({ waveform }) => waveform);
  }

  async #signIn(login: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#place.port}/v1/demo-session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!response.ok || cookie === undefined) throw new Error(`sign-in of ${login}: ${response.status}`);
    return cookie;
  }
}
