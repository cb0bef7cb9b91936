import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeItem } from '@pentad/protocol/uplink';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalLanes } from '../ports.ts';
import { sampleDraft } from './sample-items.fixture.ts';
import { SqliteShelf } from './sqlite-shelf.ts';

const KILLS = 5;
let folder: string;
let scripts: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pentad-kill-'));
  // Inside the checkout, where the bundle finds libsql.
  scripts = mkdtempSync(fileURLToPath(new URL('../../../../node_modules/.pentad-writer-', import.meta.url)));
  await build({
    entryPoints: [fileURLToPath(new URL('writer-process.fixture.ts', import.meta.url))],
    outfile: join(scripts, 'writer.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['libsql'],
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(scripts, { recursive: true, force: true });
});

async function writeAndKill(afterLines: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(scripts, 'writer.mjs'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > afterLines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return text.split('\n').slice(0, -1);
}

test('E1: whatever the journal reported durable is there after SIGKILL at any moment, and seqs go on without a gap', async () => {
  const durable = new Set<string>();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    for (const line of await writeAndKill(20 + kill * 31)) durable.add(line);
    const journal = new SqliteShelf(folder).open();
    for (const lane of journalLanes) {
      const { highest, missing } = journal.holdings(lane);
      const reported = [...durable].filter((line) => line.startsWith(lane)).map((line) => Number(line.slice(4)));
      expect(missing).toEqual([]);
      expect(highest).toBeGreaterThanOrEqual(Math.max(...reported));
      for (let seq = 1; seq <= highest; seq += 1) {
        const reading = journal.read(lane, seq);
        const expected = sampleDraft(lane, seq).make({ seq, epoch: journal.epoch });
        expect(reading.kind === 'item' && Buffer.from(reading.bytes).equals(encodeItem(expected))).toBe(true);
      }
    }
    journal.close();
  }
  expect(durable.size).toBeGreaterThan(KILLS * 30);
}, 60_000);

test('a second process on the same journal is refused, and the first goes on', async () => {
  const journal = new SqliteShelf(folder).open();
  const child = spawn(process.execPath, [join(scripts, 'writer.mjs'), folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = await once(child, 'close');
  expect(code).not.toBe(0);
  expect(complaint).toContain('journal.in-use');
  expect(journal.append([sampleDraft('evt', 1)])[0]?.seq).toBeGreaterThan(1);
  journal.close();
}, 30_000);
