import type { HistorySide } from '../rounds/history-round.ts';
import type { Round } from '../rounds/round.ts';
import { judged, type Figure, type Unit } from './limits.ts';
import { median } from './statistics.ts';

const KIBIBYTE = 1_024;
const MEBIBYTE = 1_048_576;

interface Sides {
  readonly over: readonly number[];
  readonly under: readonly number[];
}

function figureOf(
  id: string,
  what: string,
  unit: Unit,
  { over, under }: Sides,
  value: (over: number, under: number) => number,
): Figure[] {
  if (over.length === 0 || under.length === 0) return [];
  return [judged(id, what, { value: value(median(over), median(under)), unit, samples: { over, under } })];
}

const ratio = (over: number, under: number): number => over / under;
const ofKind = <Kind extends Round['kind']>(rounds: readonly Round[], kind: Kind) =>
  rounds.filter((round): round is Extract<Round, { kind: Kind }> => round.kind === kind);

function ecgFigures(rounds: readonly Round[]): Figure[] {
  const p99 = (hasEcg: boolean) =>
    ofKind(rounds, 'ecg').flatMap(({ phases }) =>
      phases.filter((phase) => phase.hasEcg === hasEcg).map(({ vitalsP99Ms }) => vitalsP99Ms),
    );
  const what = 'vitals to console p99: beside 50 x 12 leads / without';
  return figureOf('ECG', what, 'ratio', { over: p99(true), under: p99(false) }, ratio);
}

function memoryFigures(rounds: readonly Round[]): Figure[] {
  const [few, many] = ofKind(rounds, 'memory').toSorted((a, b) => a.vehicles - b.vehicles);
  if (!few || !many) return [];
  const vehicles = many.vehicles - few.vehicles;
  const slope = (over: number, under: number): number => (over - under) / vehicles / KIBIBYTE;
  const rss = { over: [many.collected.rss], under: [few.collected.rss] };
  const heap = { over: [many.collected.heapUsed], under: [few.collected.heapUsed] };
  return [
    ...figureOf('G10', `RSS an ambulance, ${few.vehicles} to ${many.vehicles} active`, 'KiB', rss, slope),
    ...figureOf('G10-heap', 'of it live objects of JavaScript', 'KiB', heap, slope),
  ];
}

function stallFigures(rounds: readonly Round[]): Figure[] {
  const stalls = ofKind(rounds, 'stall');
  const most = (values: readonly number[]): number => Math.max(...values);
  const grown = (over: number, under: number): number => (over - under) / MEBIBYTE;
  const collected = {
    over: stalls.map(({ stalled }) => most(stalled.collected.map(({ rss }) => rss))),
    under: stalls.map(({ reading }) => most(reading.collected.map(({ rss }) => rss))),
  };
  // Of a server that keeps up: what waits within it is not the page's.
  const live = (looks: (typeof stalls)[number]['reading']['collected']): number[] =>
    looks.filter(({ waiting }) => waiting <= 5_000).map(({ heapUsed, external }) => heapUsed + external);
  const inUse = {
    over: stalls.flatMap(({ stalled }) => live(stalled.collected)),
    under: stalls.flatMap(({ reading }) => live(reading.collected)),
  };
  const resident = {
    over: stalls.map(({ stalled }) => stalled.residentMedianBytes),
    under: stalls.map(({ reading }) => reading.residentMedianBytes),
  };
  return [
    ...figureOf('G11', 'RSS grown by a page that stops reading, collected', 'MiB', collected, grown),
    ...figureOf('G11-live', 'of it live, while under a second waits', 'MiB', inUse, grown),
    ...figureOf('G11-seen', 'the same between collections, medians', 'MiB', resident, grown),
  ];
}

const bytesPerRow = ({ rows, size }: HistorySide): number => size.totalBytes / rows;

function historyFigures(rounds: readonly Round[]): Figure[] {
  const histories = ofKind(rounds, 'history');
  const sides = (read: (side: HistorySide) => readonly number[]): Sides => ({
    over: histories.flatMap(({ big }) => read(big)),
    under: histories.flatMap(({ small }) => read(small)),
  });
  const millions = `${((histories[0]?.big.rows ?? 0) / 1_000_000).toFixed(1)} M`;
  return [
    ...figureOf(
      'G12',
      `5-minute window p50, warm: ${millions} / 0.2 M`,
      'ratio',
      sides((side) => side.warmMs),
      ratio,
    ),
    ...figureOf(
      'G12-first',
      'the same, first read of each window',
      'ratio',
      sides((side) => side.firstMs),
      ratio,
    ),
    ...figureOf(
      'G13',
      `insert rate: ${millions} / 0.2 M`,
      'ratio',
      sides((side) => side.insertRates),
      ratio,
    ),
    ...figureOf(
      'G14',
      'disk a 10-value sample, with index',
      'bytes',
      sides((side) => [bytesPerRow(side)]),
      (over) => over,
    ),
  ];
}

/** ECG and G10 to G14: what stands beside something, grows, or has grown. */
export const loadFigures = (rounds: readonly Round[]): Figure[] => [
  ...ecgFigures(rounds),
  ...memoryFigures(rounds),
  ...stallFigures(rounds),
  ...historyFigures(rounds),
];
