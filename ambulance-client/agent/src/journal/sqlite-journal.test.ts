import { rmSync } from 'node:fs';
import { fastFolder } from './fast-folder.fixture.ts';
import { journalContract } from './journal-contract.fixture.ts';
import { SqliteShelf } from './sqlite-shelf.ts';

journalContract('SQLite journal', () => {
  const folder = fastFolder('pentad-journal-');
  return {
    shelf: new SqliteShelf(folder, { reserveBytes: 0 }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
});
