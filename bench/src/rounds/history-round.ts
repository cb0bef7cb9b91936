import { nowMs } from '../fleet/one-clock.ts';
import type { HistoryTable, TableSize } from '../history/history-table.ts';
import { median } from '../report/statistics.ts';

const WINDOWS = 60;
const WARM_READS = 3;
const BURST_ROWS = 10_000;
const BURSTS = 8;

export interface HistorySide {
  readonly rows: number;
  /** Of every window: the first read, and the middle one of those after it. */
  readonly firstMs: readonly number[];
  readonly warmMs: readonly number[];
  /** Rows a second of every burst. */
  readonly insertRates: readonly number[];
  readonly size: TableSize;
  /** What the same rows' indexes take in full pages. */
  readonly rebuiltIndexBytes: number;
}

export interface HistoryRound {
  readonly kind: 'history';
  readonly small: HistorySide;
  readonly big: HistorySide;
  readonly seedRate: number;
  readonly load: number;
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAtMs = nowMs();
  await work();
  return nowMs() - startedAtMs;
};

/** Two tables of one schema in one PostgreSQL, few and many rows, asked and written in turn. */
export async function historyRound(
  small: HistoryTable,
  big: HistoryTable,
  size: { smallRows: number; bigRows: number },
): Promise<Omit<HistoryRound, 'load'>> {
  await small.grow(size.smallRows);
  const seedMs = await timed(async () => {
    await big.grow(size.smallRows);
    for (let rows = size.smallRows; rows < size.bigRows; rows += size.smallRows) await big.repeat(size.smallRows);
  });
  for (const table of [small, big]) await table.settle();

  const sides = [small, big].map((table) => ({
    table,
    firstMs: [] as number[],
    warmMs: [] as number[],
    insertRates: [] as number[],
  }));
  for (let window = 0; window < WINDOWS; window += 1) {
    const wanted = sides.map((side) => ({ side, place: side.table.window(window / WINDOWS), warm: [] as number[] }));
    for (const { side, place } of wanted) side.firstMs.push(await timed(() => side.table.read(place)));
    for (let read = 0; read < WARM_READS; read += 1) {
      const inTurn = read % 2 === 0 ? wanted : wanted.toReversed();
      for (const { side, place, warm } of inTurn) warm.push(await timed(() => side.table.read(place)));
    }
    for (const { side, warm } of wanted) side.warmMs.push(median(warm));
  }
  // The first of each is not counted: after a checkpoint every page is written whole once.
  for (let burst = 0; burst <= BURSTS; burst += 1) {
    for (const side of burst % 2 === 0 ? sides : sides.toReversed()) {
      const tookMs = await timed(() => side.table.grow(BURST_ROWS));
      if (burst > 0) side.insertRates.push(BURST_ROWS / (tookMs / 1_000));
    }
  }
  const [ofSmall, ofBig] = await Promise.all(
    sides.map(async ({ table, ...figures }): Promise<HistorySide> => {
      const rows = await table.check();
      const size = await table.size();
      return { rows, ...figures, size, rebuiltIndexBytes: await table.rebuildIndexes() };
    }),
  );
  if (!ofSmall || !ofBig) throw new Error('two tables are compared');
  return { kind: 'history', small: ofSmall, big: ofBig, seedRate: size.bigRows / (seedMs / 1_000) };
}
