import type { EcgRound } from '../rounds/ecg-round.ts';
import type { HistoryRound, HistorySide } from '../rounds/history-round.ts';
import type { MemoryRound } from '../rounds/memory-round.ts';
import type { StallRound } from '../rounds/stall-round.ts';
import { median } from './statistics.ts';

const MEBIBYTE = 1_048_576;
const fixed = (value: number, digits = 1): string => value.toFixed(digits);
const whole = (bytes: number): string => fixed(bytes / MEBIBYTE, 0);
const mebibytes = (bytes: number): string => `${fixed(bytes / MEBIBYTE)} MiB`;

export const ecgLines = ({ phases, vehicles, sent, chunks, chunkBytes, publisherLateMs, load }: EcgRound): string[] => [
  ...phases.map(({ hasEcg, vitalsP50Ms, vitalsP99Ms, chunks: own, cpu }) => {
    const name = hasEcg ? `with ECG (${own} chunks)`.padEnd(26) : 'without'.padEnd(26);
    const cores = `CPU % server ${fixed(cpu.server, 0)} postgres ${fixed(cpu.postgres, 0)} broker ${fixed(cpu.broker, 0)}`;
    return `ecg   ${name}vitals p50 ${fixed(vitalsP50Ms)} p99 ${fixed(vitalsP99Ms)} ms  ${cores}`;
  }),
  `ecg   ${vehicles} vehicles: ${chunks} chunks of ${chunkBytes} B sent = stored, every sample of them; ${sent} numerics sent = stored; late ${fixed(publisherLateMs, 0)} ms  load ${fixed(load)}`,
];

export const memoryLine = ({
  vehicles,
  samples,
  collected,
  residentBytes,
  takenInMs,
  failedLoads,
  load,
}: MemoryRound): string =>
  `memory ${vehicles} active, ${samples} samples each, loaded in ${fixed(takenInMs / 1_000, 0)} s (${failedLoads} loads failed first): RSS ${mebibytes(collected.rss)} collected (${mebibytes(residentBytes)} before), heap ${mebibytes(collected.heapUsed)} of ${mebibytes(collected.heapTotal)}, external ${mebibytes(collected.external)}  load ${fixed(load)}`;

export function stallLines({ reading, stalled, recovered, updatesAfter, load }: StallRound): string[] {
  const phase = (
    name: string,
    { sent, perSecond, updates, stalledUpdates, ...memory }: StallRound['reading'],
  ): string =>
    `stall ${name.padEnd(10)}${sent} sent at ${fixed(perSecond, 0)}/s, ${updates} at the others, ${stalledUpdates} at the page; RSS/heap/external MiB collected (waiting): ${memory.collected.map((one) => `${whole(one.rss)}/${whole(one.heapUsed)}/${whole(one.external)} (${one.waiting})`).join(' ')}, seen ${mebibytes(memory.residentMedianBytes)} (${mebibytes(memory.residentMaxBytes)} at most)`;
  return [
    phase('reading', reading),
    phase('stalled', stalled),
    `stall the page ${recovered.wasCut ? 'was cut and came back' : 'read on'}, ${updatesAfter} updates after  load ${fixed(load)}`,
  ];
}

export function historyLines({ small, big, seedRate, load }: HistoryRound): string[] {
  const side = ({ rows, firstMs, warmMs, insertRates, size, rebuiltIndexBytes }: HistorySide): string => {
    const perRow = (bytes: number): string => fixed(bytes / rows, 0);
    const indexes = Object.entries(size.indexBytes).map(([name, bytes]) => `${name} ${perRow(bytes)}`);
    return `history ${String(rows).padEnd(9)}window p50 ${fixed(median(warmMs), 2)} ms warm, ${fixed(median(firstMs), 2)} first; insert ${fixed(median(insertRates), 0)} rows/s; bytes a row: heap ${perRow(size.heapBytes)}, ${indexes.join(', ')}, indexes rebuilt ${perRow(rebuiltIndexBytes)}`;
  };
  return [side(small), side(big), `history seeded at ${fixed(seedRate, 0)} rows/s  load ${fixed(load)}`];
}
