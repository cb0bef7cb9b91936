import fc from 'fast-check';
import { Position } from '@pentad/protocol/position';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { decode, decodeBodies, sentence } from './nmea.fixture.ts';
import { HEADING_FROM_MPS, METRES_PER_HDOP } from './receiver-reading.ts';

const iso = (...bodies: readonly string[]) =>
  decodeBodies(...bodies).fixes.map(({ measuredAtMs }) => new Date(measuredAtMs).toISOString());
const knots = (mps: number) => ((mps * 3_600) / 1_852).toFixed(6);
const rmc = (
  time: string,
  date: string,
  rest: { status?: string; mode?: string; knots?: string; course?: string } = {},
) =>
  `GNRMC,${time},${rest.status ?? 'A'},3118.0000,N,12036.0000,E,${rest.knots ?? '20.0'},${rest.course ?? '90.0'},${date},,,${rest.mode ?? 'A'}`;
const gga = (time: string, quality = '1', hdop = '0.9') =>
  `GNGGA,${time},3118.0000,N,12036.0000,E,${quality},10,${hdop},5.0,M,,M,,`;

test('RMC and GGA of one instant are one fix', () => {
  const { fixes, counts } = decodeBodies(rmc('120000.00', '010126'), gga('120000.00'), rmc('120001.00', '010126'));
  expect(counts).toEqual({ fixes: 2, withoutFix: 0, undated: 0, unreadable: 0 });
  expect(fixes[0]?.measuredAtMs).toBe(Date.UTC(2026, 0, 1, 12));
  expect(fixes[0]?.position).toMatchObject({ latitudeDeg: 31.3, longitudeDeg: 120.6, headingDeg: 90 });
  expect(fixes[0]?.position.speedMps).toBeCloseTo(10.289, 3);
  expect(fixes[0]?.position.accuracyM).toBeCloseTo(0.9 * METRES_PER_HDOP, 6);
  expect(fixes[1]?.position.accuracyM).toBeNull();
});

test.each([
  ['southern and western', 'GPRMC,120000,A,3318.0000,S,07036.0000,W,0,,010126,,', [-33.3, -70.6]],
  ['the equator', 'GPRMC,120000,A,0000.0000,S,07036.0000,W,0,,010126,,', [0, -70.6]],
  ['centimetres', 'GPRMC,120000,A,3118.00000001,N,12036.00000001,E,0,,010126,,', [31.3, 120.6]],
])('%s', (_, body, [latitudeDeg, longitudeDeg]) => {
  const position = decodeBodies(body).fixes[0]?.position;
  expect(position?.latitudeDeg).toBeCloseTo(latitudeDeg ?? 0, 8);
  expect(position?.longitudeDeg).toBeCloseTo(longitudeDeg ?? 0, 8);
});

describe('time', () => {
  test('the day turns over where only the time of day goes on', () => {
    expect(iso(rmc('235958.00', '311225'), gga('235959.50'), gga('000000.50'), gga('000001.00'))).toEqual([
      '2025-12-31T23:59:58.000Z',
      '2025-12-31T23:59:59.500Z',
      '2026-01-01T00:00:00.500Z',
      '2026-01-01T00:00:01.000Z',
    ]);
  });

  test('a sentence late by a second just after midnight stays on its day', () => {
    expect(iso(rmc('000000.00', '010126'), gga('235959.00'))).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2025-12-31T23:59:59.000Z',
    ]);
  });

  test('ZDA dates what GGA places, also from the instant before', () => {
    expect(iso('GPZDA,120000.00,29,02,2024,,', gga('120000.00'), gga('120001.00'))).toEqual([
      '2024-02-29T12:00:00.000Z',
      '2024-02-29T12:00:01.000Z',
    ]);
    expect(iso('GPZDA,120000.00,29,02,2024,,', gga('120001.00'))).toEqual(['2024-02-29T12:00:01.000Z']);
  });

  test.each([
    ['010179', ['2079-01-01T12:00:00.000Z']],
    ['060180', ['1980-01-06T12:00:00.000Z']],
    ['311299', ['1999-12-31T12:00:00.000Z']],
    ['010100', ['2000-01-01T12:00:00.000Z']],
    ['310226', []],
    ['000026', []],
    ['', []],
  ])('the date %s', (date, instants) => {
    expect(iso(rmc('120000', date))).toEqual(instants);
  });

  test('before any date there is a place and no instant: no fix', () => {
    expect(decodeBodies(gga('120000.00'), gga('120001.00')).counts).toMatchObject({ fixes: 0, undated: 2 });
  });

  test.each([
    ['240000', 0, 1],
    ['236000', 0, 1],
    ['235960', 1, 0],
    ['235961', 0, 1],
    ['', 0, 0],
    ['12:00', 0, 1],
  ])('the time of day "%s"', (time, fixes, unreadable) => {
    expect(decodeBodies(rmc(time, '010126')).counts).toMatchObject({ fixes, unreadable });
  });
});

describe('a fix is a fix only when all who speak of it say so', () => {
  test.each<[string, string[], number]>([
    ['void RMC', [rmc('120000', '010126', { status: 'V' })], 0],
    ['void RMC beside a GGA with a place', [rmc('120000', '010126', { status: 'V' }), gga('120000')], 0],
    ['RMC beside a GGA without fix', [rmc('120000', '010126'), gga('120000', '0')], 0],
    ['one constellation without fix', [rmc('120000', '010126'), gga('120000', '0'), gga('120000', '1')], 1],
    ['differential', [rmc('120000', '010126', { mode: 'D' }), gga('120000', '2')], 1],
    ['fixed integers', [rmc('120000', '010126', { mode: 'R' }), gga('120000', '4')], 1],
    ['dead reckoning', [rmc('120000', '010126', { mode: 'E' })], 0],
    ['reckoned by GGA', [rmc('120000', '010126'), gga('120000', '6')], 0],
    ['a simulator', [rmc('120000', '010126', { mode: 'S' })], 0],
    ['typed in', [rmc('120000', '010126'), gga('120000', '7')], 0],
    ['before NMEA 2.3, without mode', ['GPRMC,120000,A,3118.0,N,12036.0,E,0.0,0.0,010126,0.0,E'], 1],
    ['GLL without fix', [rmc('120000', '010126'), 'GPGLL,3118.0,N,12036.0,E,120000,V,N'], 0],
    ['a proprietary sentence that looks like one', ['PGRMC,120000,A,3118.0,N,12036.0,E,0,0,010126,,'], 0],
  ])('%s', (_, bodies, count) => {
    expect(decodeBodies(...bodies).fixes).toHaveLength(count);
  });
});

describe('what cannot be meant is null or nothing', () => {
  test.each([
    ['minutes over 59', 'GPRMC,120000,A,3160.0,N,12036.0,E,0,,010126,,'],
    ['beyond the pole', 'GPRMC,120000,A,9000.1,N,12036.0,E,0,,010126,,'],
    ['no hemisphere', 'GPRMC,120000,A,3118.0,,12036.0,E,0,,010126,,'],
    ['hemispheres exchanged', 'GPRMC,120000,A,3118.0,E,12036.0,N,0,,010126,,'],
    ['zero north, zero east', 'GPRMC,120000,A,0000.0000,N,00000.0000,E,0,,010126,,'],
    ['nowhere', 'GPRMC,120000,A,,,,,0,,010126,,'],
  ])('%s', (_, body) => {
    expect(decodeBodies(body).counts).toEqual({ fixes: 0, withoutFix: 0, undated: 0, unreadable: 1 });
  });

  test.each([
    ['99.99', null],
    ['50.0', null],
    ['49.9', 49.9 * METRES_PER_HDOP],
    ['0.0', null],
    ['', null],
  ])('HDOP %s', (hdop, accuracyM) => {
    expect(decodeBodies(rmc('120000', '010126'), gga('120000', '1', hdop)).fixes[0]?.position.accuracyM).toEqual(
      accuracyM,
    );
  });

  test.each([
    ['just below moving', knots(HEADING_FROM_MPS - 0.001), '90.0', null],
    ['moving', knots(HEADING_FROM_MPS + 0.001), '90.0', 90],
    ['moving, course unknown', '20.0', '', null],
    ['moving, course beyond the circle', '20.0', '361.0', null],
    ['speed unknown', '', '90.0', null],
    ['faster than anything on a road', knots(121), '90.0', null],
  ])('heading, %s', (_, speed, course, headingDeg) => {
    const [fix] = decodeBodies(rmc('120000', '010126', { knots: speed, course })).fixes;
    expect(fix?.position.headingDeg).toBe(headingDeg);
  });
});

test('where RMC is absent VTG gives motion and GSA the HDOP; where RMC speaks, it counts', () => {
  const [fix] = decodeBodies(
    'GPZDA,120000,01,01,2026,,',
    gga('120000', '1', ''),
    'GPVTG,45.0,T,,M,20.0,N,37.0,K,A',
    'GPGSA,A,3,01,02,03,04,,,,,,,,,2.0,1.5,1.2',
  ).fixes;
  expect(fix?.position).toMatchObject({ headingDeg: 45, accuracyM: 1.5 * METRES_PER_HDOP });
  const [other] = decodeBodies(rmc('120000', '010126'), 'GPVTG,45.0,T,,M,10.0,N,18.5,K,A').fixes;
  expect(other?.position.headingDeg).toBe(90);
});

test('any fields make a Position the protocol takes, or nothing', () => {
  const field = fc.oneof(
    fc.constantFrom('', 'A', 'V', 'N', 'S', 'E', 'W', '1', '120000', '3118.0000', '12036.0000', '010126', '-1', '1e9'),
    fc.stringMatching(/^[0-9.+-]{0,9}$/),
  );
  const type = fc.constantFrom('GPRMC', 'BDGGA', 'GLGLL', 'GNVTG', 'GPZDA', 'GNGSA', 'GPXXX', 'G');
  const bodies = fc.array(fc.tuple(type, fc.array(field, { maxLength: 18 })).map((all) => all.flat().join(',')));
  fc.assert(
    fc.property(bodies, (all) => {
      const { fixes } = decodeBodies(rmc('110000', '010126'), ...all);
      for (const { measuredAtMs, position } of fixes) {
        expect(Number.isSafeInteger(measuredAtMs)).toBe(true);
        expect(v.is(Position, position)).toBe(true);
      }
    }),
  );
});

test('any bytes are survived, and the next fix is heard', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const after = Buffer.from(sentence(rmc('120000', '010126')));
      expect(decode(Buffer.concat([bytes, after])).fixes).toHaveLength(1);
    }),
  );
});
