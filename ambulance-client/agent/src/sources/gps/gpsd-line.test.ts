import fc from 'fast-check';
import { Position } from '@pentad/protocol/position';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { GpsdDecoder } from './gpsd-line.ts';
import { METRES_PER_HDOP } from './receiver-reading.ts';
import { LineSplitter, MAX_LINE_BYTES } from './split-lines.ts';

const tpv = (rest: object = {}) =>
  JSON.stringify({
    class: 'TPV',
    device: '/dev/ttyUSB0',
    mode: 3,
    time: '2026-01-01T12:00:00.250Z',
    lat: 31.3,
    lon: 120.6,
    speed: 12.5,
    track: 271.5,
    eph: 4.2,
    ...rest,
  });
const read = (...lines: readonly string[]) => {
  const decoder = new GpsdDecoder();
  const fixes = lines.flatMap((line) => decoder.push(line) ?? []);
  return { fixes, counts: decoder.counts };
};

test('TPV is a fix with its own time, motion and error', () => {
  expect(read(tpv()).fixes).toEqual([
    {
      measuredAtMs: Date.UTC(2026, 0, 1, 12, 0, 0, 250),
      position: { latitudeDeg: 31.3, longitudeDeg: 120.6, speedMps: 12.5, headingDeg: 271.5, accuracyM: 4.2 },
    },
  ]);
});

test.each<[string, object, number | null]>([
  ['eph', { eph: 4.2, epx: 30, epy: 40 }, 4.2],
  ['the two axes of older versions', { eph: undefined, epx: 3, epy: 4 }, 5],
  ['one axis alone', { eph: undefined, epx: 3 }, null],
  ['an error of nothing', { eph: 0 }, null],
  ['none', { eph: undefined }, null],
])('accuracy: %s', (_, rest, accuracyM) => {
  expect(read(tpv(rest)).fixes[0]?.position.accuracyM).toBe(accuracyM);
});

test('the HDOP of SKY stands in for ten reports and no longer', () => {
  const bare = tpv({ eph: undefined });
  const { fixes } = read('{"class":"SKY","hdop":1.5,"satellites":[]}', ...Array<string>(11).fill(bare));
  const said = fixes.map(({ position }) => position.accuracyM);
  expect(said).toEqual([...Array<number>(10).fill(1.5 * METRES_PER_HDOP), null]);
});

test.each<[string, string, Partial<ReturnType<typeof read>['counts']>]>([
  ['mode 2', tpv({ mode: 2 }), { fixes: 1 }],
  ['mode 1', tpv({ mode: 1 }), { withoutFix: 1 }],
  ['mode 0', tpv({ mode: 0 }), { withoutFix: 1 }],
  ['mode 1 and nothing else', '{"class":"TPV","mode":1}', { withoutFix: 1 }],
  ['dead reckoning', tpv({ status: 5 }), { withoutFix: 1 }],
  ['with satellites and reckoning', tpv({ status: 6 }), { fixes: 1 }],
  ['a simulator', tpv({ status: 8 }), { withoutFix: 1 }],
  ['no time', tpv({ time: undefined }), { unreadable: 1 }],
  ['a time without zone', tpv({ time: '2026-01-01T12:00:00' }), { unreadable: 1 }],
  ['no place', tpv({ lat: undefined }), { unreadable: 1 }],
  ['a place beyond the pole', tpv({ lat: 90.1 }), { unreadable: 1 }],
  ['a number as text', tpv({ lat: '31.3' }), { unreadable: 1 }],
  ['no mode', tpv({ mode: undefined }), { unreadable: 1 }],
  ['the greeting', '{"class":"VERSION","release":"3.22.1~dev","proto_major":3,"proto_minor":14}', { others: 1 }],
  ['half a line', tpv().slice(0, 40), { unreadable: 1 }],
  ['an NMEA line', '$GPRMC,120000,A', { unreadable: 1 }],
  ['an empty line', '\r', {}],
])('%s', (_, line, counts) => {
  expect(read(line).counts).toEqual({ fixes: 0, withoutFix: 0, others: 0, unreadable: 0, ...counts });
});

test('any line makes a Position the protocol takes, or nothing', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(null, 'x', 0, 1e300, -1), fc.jsonValue());
  const keys = fc.constantFrom('mode', 'status', 'time', 'lat', 'lon', 'speed', 'track', 'eph', 'epx', 'epy');
  fc.assert(
    fc.property(fc.dictionary(keys, value), fc.string(), (rest, noise) => {
      for (const { position } of read(noise, tpv(rest), JSON.stringify(rest)).fixes)
        expect(v.is(Position, position)).toBe(true);
    }),
  );
});

test('cut anywhere, lines are whole, and text of several bytes a letter too', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''));
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, chunkBytes) => {
      const splitter = new LineSplitter();
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const heard = [];
      for (let from = 0; from < bytes.length; from += chunkBytes)
        heard.push(...splitter.push(bytes.subarray(from, from + chunkBytes)));
      expect(heard).toEqual(lines);
    }),
  );
});

test('a line without end is dropped at its limit, and the next one is heard', () => {
  const splitter = new LineSplitter();
  const part = Buffer.alloc(MAX_LINE_BYTES / 2, 'x');
  const heard = [part, part, part, part, part, Buffer.from('\nnext\n')].flatMap((bytes) => splitter.push(bytes));
  expect(heard).toEqual(['next']);
  expect(splitter.tooLong).toBe(1);
  expect(splitter.push(Buffer.concat([part, part, Buffer.from('\n')]))[0]).toHaveLength(MAX_LINE_BYTES);
});
