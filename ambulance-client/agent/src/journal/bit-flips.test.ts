import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeItem } from '@pentad/protocol/uplink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { journalLanes } from '../ports.ts';
import { JournalKeeper } from './journal-keeper.ts';
import { fastFolder } from './fast-folder.fixture.ts';
import { sampleDraft, sampleVehicle } from './sample-items.fixture.ts';
import { SqliteShelf } from './sqlite-shelf.ts';

const FLIPS = 500;
const PER_LANE = 25;

let folder: string;
const written = new Map<string, string>();
beforeAll(() => {
  folder = fastFolder('pentad-flips-');
  const journal = new SqliteShelf(join(folder, 'good'), { reserveBytes: 0 }).open();
  for (let mark = 1; mark <= PER_LANE; mark += 1) {
    for (const item of journal.append(journalLanes.map((lane) => sampleDraft(lane, mark)))) {
      written.set(`${item.lane} ${item.seq}`, Buffer.from(encodeItem(item)).toString());
    }
  }
  journal.settle('vit', { stored: [[1, 10]], refused: [] }, 1_700_000_000_000);
  journal.keep([['case:x', Buffer.from('a document')]]);
  mkdirSync(join(folder, 'unclosed'));
  for (const file of ['journal.db', 'journal.db-wal', 'journal.key'])
    copyFileSync(join(folder, 'good', file), join(folder, 'unclosed', file));
  journal.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small generator with a fixed seed, so that a failing flip can be repeated. */
function* offsets(count: number, below: number): Generator<number> {
  let state = 0x2545f491;
  for (let made = 0; made < count; made += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state % below;
  }
}

function openFlipped(from: 'good' | 'unclosed', file: string, bit: number): JournalKeeper {
  const place = join(folder, 'bad');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  for (const other of ['journal.key', 'journal.db', 'journal.db-wal']) {
    if (existsSync(join(folder, from, other))) copyFileSync(join(folder, from, other), join(place, other));
  }
  const bytes = readFileSync(join(place, file));
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  writeFileSync(join(place, file), bytes);
  return new JournalKeeper(new SqliteShelf(place, { reserveBytes: 0 }), quietLog, sampleVehicle);
}

function lostIn(keeper: JournalKeeper): number {
  let lost = 0;
  for (const lane of journalLanes) {
    for (let seq = 1; seq <= PER_LANE; seq += 1) {
      const reading = keeper.read(lane, seq);
      if (reading.kind === 'item') expect(Buffer.from(reading.bytes).toString()).toBe(written.get(`${lane} ${seq}`));
      else lost += 1;
    }
  }
  return lost;
}

test('E2: 500 single-bit flips over a journal file yield gaps and never a wrong value, neighbours stay, nothing crashes', () => {
  const all = PER_LANE * journalLanes.length;
  const epoch = epochOfGood();
  const lostByFlip: number[] = [];
  for (const bit of offsets(FLIPS, statSync(join(folder, 'good', 'journal.db')).size * 8)) {
    const keeper = openFlipped('good', 'journal.db', bit);
    const lost = lostIn(keeper);
    lostByFlip.push(lost);
    // More than the one record is only lost when the file's structure is hit; then the file was set aside.
    expect(lost <= 1 || keeper.setAsideCount > 0).toBe(true);
    // The journal goes on, and no seq of an epoch is ever given twice.
    const [next] = keeper.append([sampleDraft('vit', 999)]);
    expect(next?.seq).toBe(next?.epoch === epoch ? PER_LANE + 1 : 1);
    keeper.close();
  }
  expect(lostByFlip.filter((lost) => lost <= 1).length).toBeGreaterThan(FLIPS * 0.95);
  expect(lostByFlip.filter((lost) => lost === all).length).toBeLessThan(FLIPS * 0.02);
}, 60_000);

test('E2: a flip in the WAL of a journal that was not closed never makes a seq of an epoch be given twice', () => {
  const epoch = epochOfGood();
  let newEpochs = 0;
  for (const bit of offsets(100, statSync(join(folder, 'unclosed', 'journal.db-wal')).size * 8)) {
    const keeper = openFlipped('unclosed', 'journal.db-wal', bit);
    if (keeper.epoch === epoch) {
      lostIn(keeper);
      // At most the last transaction is gone, which a torn write would have taken too.
      expect(keeper.holdings('vit').highest).toBeGreaterThanOrEqual(PER_LANE - 1);
    } else {
      newEpochs += 1;
      expect(keeper.setAsideCount).toBe(1);
    }
    keeper.close();
  }
  expect(newEpochs).toBeGreaterThan(0);
}, 60_000);

function epochOfGood(): string {
  const first = written.values().next().value ?? '';
  return /"epoch":"([0-9a-f]{32})"/.exec(first)?.[1] ?? '';
}
