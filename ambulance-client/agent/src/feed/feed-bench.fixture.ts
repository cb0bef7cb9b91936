import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture, WaveformCapture } from '../agent-types.ts';
import { VirtualTime } from '../platform/virtual-time.fixture.ts';
import type { FeedPorts, Said } from './feed.ts';

/** A fake agent on hand-turned time that keeps what it is given, and what was said. */
export function feedBench() {
  const time = new VirtualTime();
  const captured: Capture[] = [];
  const said: Said[] = [];
  const ports: FeedPorts = {
    agent: {
      capture: (samples) => {
        captured.push(...samples);
        for (const sample of samples) if (sample.measuredAtMs > time.nowMs()) throw new Error('of the future');
      },
    },
    clock: time,
    timers: time,
    say: (line) => said.push(line),
  };
  return { time, ports, captured, said };
}

export const isWaveform = (capture: Capture): capture is WaveformCapture => capture.lane === 'wav';

/** Files by name in a folder of their own. @returns the folder */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pentad-feed-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Samples of format 16, a row a frame. */
export function format16(rows: readonly (readonly number[])[]): Uint8Array {
  return new Uint8Array(Int16Array.from(rows.flat()).buffer);
}
