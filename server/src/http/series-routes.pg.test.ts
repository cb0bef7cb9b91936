import { createHash } from 'node:crypto';
import { START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { mediaItem, waveformItem } from '@pentad/protocol/testing/builders';
import { countsOf, GAP_COUNT } from '@pentad/protocol/waveform';
import { decodeSeries } from '@pentad/protocol/waveform-series';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeMedia, completeUnfinishedMedia } from '../media/complete-media.ts';
import { insertMedia } from '../media/media-store.ts';
import type { PersonName } from '../people/town-people.fixture.ts';
import type { OpenedCase } from '../people/town.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import { insertWaveforms } from '../telemetry/waveform-store.ts';
import type { MediaEntry } from '../uplink/uplink-entry.ts';
import { readWrappedKey, wrappedKeyOf } from '../vault/vault-store.ts';
import { createHttpTown, type HttpTown } from './http-town.fixture.ts';

let edge: HttpTown;
let opened: OpenedCase;
const cookies = new Map<PersonName, string>();
beforeAll(async () => {
  edge = await createHttpTown();
  opened = await edge.town.openCase(1);
  for (const person of ['nurse', 'otherNurse', 'supervisor', 'auditor'] as const)
    cookies.set(person, await edge.signIn(person));
});
afterAll(() => edge.close());

const ingest = systemActor('ingest');
const get = (path: string, person: PersonName) =>
  edge.app.request(path, { headers: { cookie: cookies.get(person) ?? '' } });
const frame = (seq: number) => ({
  shard: 0,
  receivedAtMs: START_MS + seq * 1_000,
  raw: new Uint8Array(),
  end: () => undefined,
});

describe('waveforms', () => {
  const path = (query: string) => `/v1/cases/${opened.caseId}/waveforms?${query}`;
  const window = `fromMs=${START_MS}&toMs=${START_MS + 60_000}`;

  test('are read back by window as they were sent, gaps as gaps; a repeat is one chunk', async () => {
    const entries = [3, 1, 2, 1].map((seq) => ({
      ...frame(seq),
      road: seq === 2 ? ('bkw' as const) : ('wav' as const),
      item: waveformItem(seq, { caseId: opened.caseId, vehicle: vehicleIdOf(1) }),
    }));
    await edge.town.database.db.withActor(ingest, (tx) => insertWaveforms(tx, entries));
    const answer = await get(path(`kind=ecg&${window}`), 'nurse');
    expect(answer.headers.get('content-type')).toBe('application/cbor');
    const { items, isCut } = decodeSeries(new Uint8Array(await answer.arrayBuffer()));
    expect([isCut, items.map((item) => [item.measuredAtMs - START_MS, item.isBackfill])]).toEqual([
      false,
      [
        [500, false],
        [1_000, true],
        [1_500, false],
      ],
    ]);
    expect(items[0]?.waveform).toEqual(waveformItem(1).waveform);
    expect(items[0] && [...countsOf(items[0].waveform, 0)]).toEqual([1, -2, 3, GAP_COUNT]);
    expect(items[0] && [...countsOf(items[0].waveform, 1)]).toEqual([10, 20, 30, 40]);
  });

  test('of a day without a partition are kept whole beside', async () => {
    const item = waveformItem(9, { caseId: opened.caseId, vehicle: vehicleIdOf(1), day: '1970-01-01' });
    await edge.town.database.db.withActor(ingest, (tx) => insertWaveforms(tx, [{ ...frame(9), road: 'wav', item }]));
    const [row] = await edge.town.rows("SELECT item FROM telemetry_undated WHERE lane = 'wav' AND seq = 9");
    const kept = row?.['item'] as { waveform: { samples: string } };
    expect(Buffer.from(kept.waveform.samples, 'base64')).toEqual(Buffer.from(item.waveform.samples));
  });

  test('another kind, another window: nothing', async () => {
    const empty = async (query: string) =>
      decodeSeries(new Uint8Array(await (await get(path(query), 'nurse')).arrayBuffer())).items;
    expect(await empty(`kind=pleth&${window}`)).toEqual([]);
    expect(await empty(`kind=ecg&fromMs=1&toMs=2`)).toEqual([]);
  });

  test.each([`kind=ecg`, `kind=eeg&fromMs=1&toMs=2`, `kind=ecg&fromMs=2&toMs=1`, `kind=ecg&fromMs=1&toMs=999999999`])(
    'the question %s is refused',
    async (query) => expect((await get(path(query), 'nurse')).status).toBe(400),
  );

  test('are not there for a center that was never alerted, and forbidden to the auditor', async () => {
    expect((await get(path(`kind=ecg&${window}`), 'otherNurse')).status).toBe(404);
    expect((await get(path(`kind=ecg&${window}`), 'auditor')).status).toBe(403);
  });
});

describe('a picture', () => {
  const content = Buffer.from('an ECG on paper, CANARY'.repeat(40));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const chunk = (seq: number, from: number, to: number, named = sha256): MediaEntry => ({
    ...frame(seq),
    road: 'med',
    item: mediaItem(seq, {
      caseId: opened.caseId,
      vehicle: vehicleIdOf(1),
      media: {
        sha256: named,
        mediaType: 'image/jpeg',
        totalBytes: content.length,
        offset: from,
        bytes: Uint8Array.from(content.subarray(from, to)),
      },
    }),
  });
  const completing = () => ({ ...edge.town.views, ...edge.town.answers, db: edge.town.database.db, readWrappedKey });
  const insert = (entry: MediaEntry) => {
    const { vault } = edge.town.views;
    return edge.town.database.db.withActor(ingest, (tx) =>
      insertMedia(tx, [entry], { vault, caseKey: (own, caseId) => wrappedKeyOf(own, vault, 'case', caseId) }),
    );
  };
  const store = async (entry: MediaEntry) => {
    expect(await insert(entry)).toEqual([]);
    const { caseId, media, vehicle } = entry.item;
    await completeMedia(completing(), { caseId, sha256: media.sha256, vehicle });
  };
  const said = async (named = sha256) =>
    (await edge.town.rows("SELECT clinical FROM case_event WHERE event_type = 'media.stored'"))
      .map((row) => row['clinical'] as { sha256: string; bytes: number })
      .filter((clinical) => clinical.sha256 === named);
  const path = (named = sha256) => `/v1/cases/${opened.caseId}/media/${named}`;

  test('is said to be stored when its last byte is here, once, in any order, twice and in pieces of any size', async () => {
    await store(chunk(3, 600, content.length));
    await store(chunk(1, 0, 400));
    await store(chunk(1, 0, 400));
    expect([await said(), (await get(path(), 'nurse')).status]).toEqual([[], 404]);
    await store(chunk(2, 300, 650));
    await store(chunk(4, 0, 500));
    expect(await said()).toEqual([expect.objectContaining({ sha256, bytes: content.length })]);
  });

  test('comes back byte by byte, as what it is, and runs nothing', async () => {
    const answer = await get(path(), 'nurse');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
    expect([answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      'image/jpeg',
      'nosniff',
    ]);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await edge.town.auditActions()).toContain('media.viewed');
  });

  test('H16: lies sealed; other centers do not find it, and who may not know the patient may not see it', async () => {
    const rows = await edge.town.rows('SELECT ciphertext FROM media_chunk');
    expect(rows.length).toBe(4);
    for (const row of rows) expect((row['ciphertext'] as Buffer).toString('latin1')).not.toContain('CANARY');
    expect((await get(path(), 'otherNurse')).status).toBe(404);
    expect((await get(path(), 'auditor')).status).toBe(403);
  });

  test('H12: of another vehicle’s case is not stored, and its bytes stand in nobody’s way', async () => {
    const entry = chunk(8, 0, 100, 'e'.repeat(64));
    const foreign = { ...entry, item: { ...entry.item, vehicle: mediaItem(1, { vehicle: vehicleIdOf(2) }).vehicle } };
    expect(await insert(foreign)).toEqual([foreign]);
    expect(await edge.town.rows('SELECT 1 FROM media_chunk WHERE sha256 = $1', ['e'.repeat(64)])).toEqual([]);
  });

  test('P1: whose last piece was stored and nothing said of it is said by whoever looks next', async () => {
    const other = Buffer.from('a second page');
    const named = createHash('sha256').update(other).digest('hex');
    const entry = chunk(9, 0, 1, named);
    const media = { ...entry.item.media, totalBytes: other.length, bytes: Uint8Array.from(other) };
    await insert({ ...entry, item: { ...entry.item, media } });
    await edge.town.rows("UPDATE media SET first_chunk_at = now() - interval '1 minute' WHERE sha256 = $1", [named]);
    await completeUnfinishedMedia(completing());
    await completeUnfinishedMedia(completing());
    expect(await said(named)).toHaveLength(1);
    expect((await get(path(named), 'nurse')).status).toBe(200);
  });

  test('that is not what it is named is never shown', async () => {
    const wrong = 'f'.repeat(64);
    await store(chunk(7, 0, content.length, wrong));
    expect([await said(wrong), (await get(path(wrong), 'nurse')).status]).toEqual([[], 404]);
  });
});
