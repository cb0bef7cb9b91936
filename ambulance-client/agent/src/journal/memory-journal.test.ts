import { randomBytes } from 'node:crypto';
import { journalContract } from './journal-contract.fixture.ts';
import { MemoryShelf } from './memory-journal.ts';

journalContract('memory journal', () => ({
  shelf: new MemoryShelf((count) => randomBytes(count)),
  remove: () => undefined,
}));
