import { join } from 'node:path';
import { isEventItem } from '@pentad/protocol/lane-item';
import { expect, test } from 'vitest';
import { crewActor, vehicleDay } from '../vehicle-day.fixture.ts';
import { ecgEventId } from '../photos/ecg-event-id.ts';
import { sealedOf } from './ecg-event.ts';
import { readEcgFile, recordEcgFile } from './ecg-feed.ts';
import { folderWith, format16 } from './feed-bench.fixture.ts';
import type { Said } from './feed.ts';

const leadNames = ['I', 'II', 'V1'];
const wfdbHeader = ['e 3 100 200', ...leadNames.map((name) => `e.dat 16 1000/mV 16 0 1 200 0 ${name}`)].join('\n');
const folder = folderWith({
  'e.hea': wfdbHeader,
  'e.dat': format16(Array.from({ length: 200 }, () => [1, 1, 1])),
  'again.hea': `# written anew\n${wfdbHeader}`,
  'p.pdf': '%PDF-1.4 an ECG on paper',
  'p.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]),
  'x.txt': 'nothing of the kind',
});

function onBoard() {
  const day = vehicleDay();
  day.region.connect();
  const caseId = day.openCase();
  const said: Said[] = [];
  const ports = { agent: day.agent, clock: day.time, say: (line: Said) => said.push(line) };
  const record = (name: string) =>
    recordEcgFile(ports, join(folder, name), { caseId, patientSlot: 1, actor: crewActor });
  const recorded = () =>
    day.region
      .stored('evt')
      .flatMap((item) => (isEventItem(item) && item.event.envelope.type === 'ecg.recorded' ? [item.event] : []));
  return { ...day, caseId, said, record, recorded };
}

test('an ECG is one event however often and in whatever file it comes', async () => {
  const { record, recorded, region, said, time, caseId } = onBoard();
  expect(new Set(['e.hea', 'e.hea', 'again.hea'].map((name) => record(name))).size).toBe(1);
  await time.advance(10_000);
  const [event, ...further] = recorded();
  expect(further).toEqual([]);
  const { contentId } = readEcgFile(join(folder, 'e.hea'));
  expect(event?.clinical).toMatchObject({
    ecgId: contentId,
    source: 'device-waveform',
    acquiredAtMs: null,
  });
  expect(event?.envelope.eventId).toBe(ecgEventId(caseId, contentId));
  expect(said.filter(({ en }) => en.includes('already'))).toHaveLength(2);
  // No media type of the wire is a WFDB record: its voltages go instead.
  expect(region.stored('med')).toEqual([]);
  expect(region.stored('wav')).toHaveLength(4);
});

test('a print is kept as a document and a photo as a picture, attached whole', async () => {
  const { record, recorded, region, time } = onBoard();
  record('p.pdf');
  record('p.png');
  await time.advance(10_000);
  expect(recorded().map(({ clinical }) => clinical['source'])).toEqual(['device-pdf', 'photo']);
  const media = region.stored('med').flatMap((item) => (item.lane === 'med' ? [item.media] : []));
  expect(media.map(({ mediaType }) => mediaType)).toEqual(['application/pdf', 'image/png']);
  expect(media.map(({ sha256 }) => sha256)).toEqual(recorded().map(({ clinical }) => clinical['sha256']));
});

test('what no importer reads is refused', () => {
  const { record } = onBoard();
  expect(() => record('x.txt')).toThrow('no ECG file of a kind that is read (unknown)');
  expect(() => record('none.xml')).toThrow('no such file');
});

test("the device's words are kept verbatim, in fields no longer than a sealed one may be", () => {
  const { recording } = readEcgFile(join(folder, 'e.hea'));
  if (!recording) throw new Error('no recording');
  const text = `ANTERIOR ST ELEVATION, PROBABLY DUE TO LVH ${'x'.repeat(9_000)}`;
  const statement = {
    kind: 'statement',
    code: 'STELVH',
    text,
    reason: null,
    isEdited: null,
    interpretation: 0,
  } as const;
  const sealed = sealedOf({ ...recording, statements: [statement] });
  const parts = ['deviceStatements', 'deviceStatements2', 'deviceStatements3'].map((name) => sealed[name] ?? '');
  expect(parts.join('')).toBe(`STELVH\t${text}\t`);
  expect(Math.max(...parts.map((part) => part.length))).toBe(4_000);
});
