import { writeSync } from 'node:fs';
import { journalLanes } from '../ports.ts';
import { sampleDraft } from './sample-items.fixture.ts';
import { SqliteShelf } from './sqlite-shelf.ts';

/** Writes without end and says of each item that it is durable, only after it is. Ended by SIGKILL. */
const journal = new SqliteShelf(process.argv[2] ?? '').open();
for (let mark = journal.holdings('evt').highest + 1; ; mark += 1) {
  const items = journal.append(journalLanes.map((lane) => sampleDraft(lane, mark)));
  writeSync(1, items.map(({ lane, seq }) => `${lane} ${seq}\n`).join(''));
  if (mark % 3 === 0) journal.settle('vit', { stored: [[1, mark - 1]], refused: [] }, mark * 1_000);
  if (mark % 7 === 0) journal.keep([['case:a', Buffer.from(`document ${mark}`)]]);
}
