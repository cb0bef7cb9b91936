import { describe, expect, test } from 'vitest';
import { engineKit } from './engine-kit.fixture.ts';
import { pieceBytesOf } from './bulk-traffic.ts';

const roads = (kit: ReturnType<typeof engineKit>) => kit.offers.map(({ road }) => road);
const never = () => new Promise<void>(() => undefined);

describe('the pieces of a picture', () => {
  test('of an ECG photo pass a link of 2 kB/s whatever the link was when it was taken; others were cut for it', () => {
    expect([null, 500, 1e9].map((oneSecond) => pieceBytesOf(100_000, oneSecond))).toEqual([2_048, 2_048, 2_048]);
    expect([null, 500, 8_000, 1e9].map((oneSecond) => pieceBytesOf(2_000_000, oneSecond))).toEqual([
      4_096, 1_024, 8_000, 16_384,
    ]);
  });
});

describe('bulk', () => {
  test('in flight is no more than the link takes in a second or two while it was never measured', async () => {
    const kit = engineKit(never, 64);
    kit.engine.linkUp();
    for (let n = 0; n < 40; n += 1) kit.append('med');
    await kit.time.advance(0);
    // Some 450 bytes each, 4,096 together.
    expect(roads(kit).filter((road) => road === 'med').length).toBeLessThanOrEqual(10);
    kit.append('evt', 'vit');
    await kit.time.advance(0);
    expect(roads(kit).slice(-2)).toEqual(['evt', 'vit']);
  });

  test('of a road that is full rests and holds up no other: events, waveforms and readings go on', async () => {
    const kit = engineKit(({ road }) => (road === 'med' ? Promise.reject(new Error('full')) : Promise.resolve()));
    kit.engine.linkUp();
    kit.append('med');
    await kit.time.advance(10);
    expect(roads(kit)).toEqual(['med']);
    kit.append('wav', 'evt');
    await kit.time.advance(10);
    expect(
      roads(kit)
        .slice(1)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['evt', 'wav']);
    await kit.time.advance(1_500);
    kit.engine.pump();
    await kit.time.advance(10);
    expect(roads(kit).filter((road) => road === 'med')).toHaveLength(2);
  });

  test('E1: a small picture is still urgent after a restart: it goes before readings of the past', async () => {
    const kit = engineKit(() => Promise.resolve());
    for (let n = 0; n < 3; n += 1) kit.append('vit');
    await kit.time.advance(60_000);
    kit.append('med');
    kit.engine.reload();
    kit.engine.linkUp();
    await kit.time.advance(10);
    expect(roads(kit)[0]).toBe('med');
    expect(roads(kit)).toContain('bkv');
  });
});
