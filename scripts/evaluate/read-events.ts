import { CaseEvent, readClinical, RecordedEvent } from '@pentad/protocol/case-event';
import { clinicalByType } from '@pentad/protocol/case-event-types';
import { foldAll, foldPending } from '@pentad/protocol/case-fold';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { issueIn, type Refusals } from './refusals.ts';

type Placed =
  | { readonly path: string; readonly recorded: RecordedEvent }
  | { readonly path: string; readonly recorded: null; readonly pending: CaseEvent };

const schemaOf = (type: string): v.GenericSchema | undefined =>
  Object.entries(clinicalByType).find(([name]) => name === type)?.[1];

/** One event in either shape, its clinical part checked; null: refused. An unknown type keeps its place and is said. */
function readEvent(value: unknown, path: string, refusals: Refusals): Placed | null {
  const isRecorded = typeof value === 'object' && value !== null && 'caseSeq' in value;
  const read = v.safeParse(isRecorded ? RecordedEvent : CaseEvent, value);
  if (!read.success) return refusals.refuse('event.invalid', issueIn(path, read.issues));
  const { envelope, clinical } = read.output;
  const known = readClinical(envelope.type, clinical);
  if (known === 'unknown-type') refusals.refuse('event.unknown-type', `${path}.envelope.type`);
  if (known === 'invalid') {
    const schema = schemaOf(envelope.type);
    const inside = schema && v.safeParse(schema, clinical);
    return refusals.refuse('event.clinical-invalid', issueIn(`${path}.clinical`, inside?.issues ?? []));
  }
  return isRecorded
    ? { path, recorded: v.parse(RecordedEvent, value) }
    : { path, recorded: null, pending: v.parse(CaseEvent, value) };
}

/**
 * Folds the events of one case: those the server gave a place in the order of `caseSeq`, then the others as a vehicle shows
 * its own before the server has them, in the order of the file.
 */
export function foldEvents(values: readonly unknown[], nowMs: number, refusals: Refusals): CaseState | null {
  const placed = values.flatMap((value, at) => readEvent(value, `events[${at}]`, refusals) ?? []);
  const envelopeOf = (each: Placed) => (each.recorded ?? each.pending).envelope;
  const [first] = placed;
  if (first === undefined) return null;
  const caseId: CaseId = envelopeOf(first).caseId;
  const seen = new Set<string>();
  const seqs = new Set<number>();
  const kept = placed.filter((each) => {
    const { eventId, caseId: own } = envelopeOf(each);
    const { recorded } = each;
    const code =
      own !== caseId
        ? 'event.other-case'
        : seen.has(eventId)
          ? 'event.repeated'
          : recorded && seqs.has(recorded.caseSeq)
            ? 'event.seq-taken'
            : null;
    if (code !== null) refusals.refuse(code, each.path);
    else {
      seen.add(eventId);
      if (recorded) seqs.add(recorded.caseSeq);
    }
    return code === null;
  });
  const recorded = kept.flatMap((each) => each.recorded ?? []).toSorted((a, b) => a.caseSeq - b.caseSeq);
  const pending = kept.flatMap((each) => (each.recorded === null ? [each.pending] : []));
  return foldPending(foldAll(caseId, recorded), pending, nowMs);
}
