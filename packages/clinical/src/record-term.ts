import { itemNamed } from '@pentad/protocol/assessment-items';
import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import { vitalTermMs } from '@pentad/protocol/vitals';
import type { CaseRecord, Noted } from './case-record.ts';

/** The last instant an answer counts; Infinity = until it is asked again. */
function answerStandsToMs(name: string, { measuredAtMs }: Noted<ItemAnswer>): number {
  const lastsMin = itemNamed(name)?.lastsMin;
  return lastsMin === undefined ? Infinity : measuredAtMs + lastsMin * 60_000;
}

const gcsStandsToMs = ({ gcs }: Pick<CaseRecord, 'gcs'>): number =>
  gcs ? gcs.measuredAtMs + vitalTermMs.consciousness : Infinity;

/** The instant up to which nothing of a record goes out of date. */
export const recordStandsToMs = (record: Pick<CaseRecord, 'answers' | 'gcs'>): number =>
  Object.entries(record.answers).reduce(
    (least, [name, noted]) => Math.min(least, answerStandsToMs(name, noted)),
    gcsStandsToMs(record),
  );

/** The record without what is out of its term at `atMs`; itself where nothing is. */
export function standingRecord(record: CaseRecord, atMs: number): CaseRecord {
  if (recordStandsToMs(record) >= atMs) return record;
  const standing = Object.entries(record.answers).filter(([name, noted]) => answerStandsToMs(name, noted) >= atMs);
  const gcs = gcsStandsToMs(record) >= atMs ? record.gcs : null;
  return { ...record, answers: Object.fromEntries(standing), gcs };
}
