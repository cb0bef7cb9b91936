import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { distanceM } from '@pentad/geo/distance';
import { Position } from '@pentad/protocol/position';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { decode, recordings, spreadM } from './nmea.fixture.ts';
import { TrackFilter } from './track-filter.ts';

const drives = recordings('nmea_drive');
const receivers = recordings('nmea_gpsd');
const all = [...drives, ...receivers].map((recording) => ({ ...recording, ...decode(recording.bytes) }));
/** Binary protocols only: u-blox UBX, SiRF, TSIP. */
const withoutNmea = /^(bu303|trimble-lass|ublox-neo-m8u)/;
/** Simulator (mode S), and receivers that never had a fix. */
const withoutFix = /^(garmin-geko201|skytraq\.log|tn200)/;

const track = (fixes: ReturnType<typeof decode>['fixes']) => {
  const filter = new TrackFilter();
  return fixes.flatMap((fix) => filter.push(fix) ?? []);
};

describe.skipIf(all.length === 0)('real receivers', () => {
  test.each(all)('$name: every fix is a Position, whole and in pieces', ({ name, bytes, fixes, framing }) => {
    expect(decode(bytes, 7).fixes).toEqual(fixes);
    for (const { position } of fixes) expect(v.is(Position, position)).toBe(true);
    expect(framing.accepted > 0).toBe(!withoutNmea.test(name));
    expect(fixes.length > 0).toBe(!withoutNmea.test(name) && !withoutFix.test(name));
  });

  test.each(all)('$name: one character more in each sentence and none is left', ({ bytes }) => {
    // A character that a sentence may hold, so that the checksum alone can tell.
    const turned = Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replaceAll(/\*[0-9A-Fa-f]/g, '\u0021$&'),
      'latin1',
    );
    const { framing, fixes } = decode(turned);
    expect({ accepted: framing.accepted, fixes: fixes.length }).toEqual({ accepted: 0, fixes: 0 });
  });

  // Every receiver of the gpsd suite that speaks NMEA stood still, as its own speed says.
  const parked = all.filter(({ name, fixes }) => name.endsWith('.log') && fixes.length > 0);
  test.each(parked)('$name: parked, it does not drift more than 15 m', ({ fixes }) => {
    expect(fixes.every(({ position }) => (position.speedMps ?? 0) < 1.5)).toBe(true);
    expect(spreadM(track(fixes))).toBeLessThanOrEqual(15);
  });

  test('the drive near Reno passes whole, at road speed, second by second', () => {
    const drive = all.find(({ name }) => name === 'NmeaSampleData.txt');
    const fixes = track(drive?.fixes ?? []);
    expect(fixes).toHaveLength(drive?.fixes.length ?? 0);
    const lengthM = fixes.reduce((sum, fix, index) => {
      const before = fixes[index - 1];
      return before ? sum + distanceM(before.position, fix.position) : sum;
    }, 0);
    // nmea_check.py: 223 fixes, 7.57 km.
    expect(fixes).toHaveLength(223);
    expect(Math.abs(lengthM - 7_570)).toBeLessThan(40);
    expect(new Date(fixes[0]?.measuredAtMs ?? 0).toISOString()).toBe('2005-09-25T23:52:34.000Z');
  });
});

const check = fileURLToPath(new URL('../../../../../../shared/data/check/nmea_check.py', import.meta.url));
const folderOf = (name: string) =>
  fileURLToPath(
    new URL(
      `../../../../../../shared/data/${name.endsWith('.log') ? 'nmea_gpsd' : 'nmea_drive'}/${name}`,
      import.meta.url,
    ),
  );
const python = existsSync(check) ? spawnSync('python3', [check, ...all.map(({ name }) => folderOf(name))]) : null;
if (python?.status !== 0) process.stderr.write('NOT RUN: comparing NMEA counts needs shared/data/check and python3\n');

test.skipIf(python?.status !== 0)('sentences are counted as the independent decoder counts them', () => {
  const counted = new Map(
    (python?.stdout.toString() ?? '').split('\n').flatMap((line) => {
      const [, name, ok, bad] = /^(\S+)\s+ok=(\d+) bad=(\d+)/.exec(line) ?? [];
      return name === undefined ? [] : [[name, { ok: Number(ok), bad: Number(bad) }] as const];
    }),
  );
  for (const { name, framing } of all) {
    const { ok, bad } = counted.get(name) ?? { ok: -1, bad: -1 };
    // In UBX mixed with NMEA the simple decoder begins at a `$` within the binary and loses 5 good sentences.
    const mixed = name === 'ublox-zed-f9r.log';
    expect([name, framing.accepted, framing.badChecksum]).toEqual([name, mixed ? ok + bad : ok, mixed ? 0 : bad]);
  }
});
