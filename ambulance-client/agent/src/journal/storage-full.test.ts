import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerClock } from '../link/server-clock.ts';
import { quietLog, VirtualTime } from '../platform/virtual-time.fixture.ts';
import { ItemMaker } from './item-maker.ts';
import { JournalDesk } from './journal-desk.ts';
import { JournalKeeper } from './journal-keeper.ts';
import { sampleDraft, sampleVehicle } from './sample-items.fixture.ts';
import { SeqSet } from './seq-set.ts';
import { SqliteShelf } from './sqlite-shelf.ts';

const folder = mkdtempSync(join(tmpdir(), 'pentad-full-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0;
beforeAll(() => {
  if (!isMounted) process.stderr.write('NOT RUN: E3 on a full disk needs the right to mount a tmpfs\n');
});
afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!isMounted)(
  'E3: on a disk of 8 MB that is really full, events are journalled, what goes is declared, and the file stays good',
  () => {
    const time = new VirtualTime();
    const shelf = new SqliteShelf(folder);
    const journal = new JournalKeeper(shelf, quietLog, sampleVehicle);
    const maker = new ItemMaker({
      vehicle: sampleVehicle,
      bootId: 'boot-1',
      clock: time,
      serverClock: new ServerClock(time),
    });
    const desk = new JournalDesk({
      journal,
      maker,
      log: quietLog,
      maxBytes: Number.MAX_SAFE_INTEGER,
      appended: () => undefined,
      settled: () => undefined,
    });
    const { epoch } = journal;
    let events = 0;
    for (let mark = 1; mark <= 6_000; mark += 1) {
      desk.append([sampleDraft('vit', mark), sampleDraft('pos', mark)]);
      if (mark % 20 === 0) {
        desk.append([sampleDraft('evt', mark)]);
        events += 1;
      }
    }
    expect(desk.isStorageShort).toBe(true);
    expect(journal.setAsideCount).toBe(0);
    journal.close();
    const again = new SqliteShelf(folder).open();
    expect(again.epoch).toBe(epoch);
    const { highest, gone, missing } = again.holdings('evt');
    expect({ gone, missing }).toEqual({ gone: [], missing: [] });
    expect(highest).toBeGreaterThan(events);
    for (let seq = 1; seq <= highest; seq += 1) expect(again.read('evt', seq).kind).toBe('item');
    const lost = new SeqSet(again.holdings('vit').gone).count + new SeqSet(again.holdings('pos').gone).count;
    expect(lost).toBe(desk.declaredGaps);
    expect(again.holdings('vit').missing).toEqual([]);
    again.close();
  },
  120_000,
);
