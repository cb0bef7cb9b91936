import type { FoundVehicle } from '../vehicles/named-vehicle.ts';
import type { JobContent, JobState } from './dispatch-job.ts';
import { contentText, tellAgain } from './dispatch-job.ts';

/** What a job's row says before this telling; `content` null: it is told for the first time. */
export interface KnownJob {
  readonly state: JobState;
  readonly vehicle: string | null;
  readonly revision: number;
  readonly content: JobContent | null;
}

export type UnmatchedCode = `dispatch-job.vehicle-${'revoked' | 'unknown' | 'ambiguous' | 'not-named'}`;
export type RefusalCode = UnmatchedCode | 'dispatch-job.vehicle-changed' | 'dispatch-job.withdrawn';

export interface AdmittedJob {
  readonly state: JobState;
  readonly vehicle: string | null;
  readonly revision: number;
  readonly content: JobContent;
  readonly isChanged: boolean;
  /** Why it opens no case, or why this telling was not taken; null: all is well. */
  readonly code: RefusalCode | null;
}

const refused = (known: KnownJob, content: JobContent, code: RefusalCode): AdmittedJob => ({
  ...known,
  content: known.content ?? content,
  isChanged: false,
  code,
});

/**
 * Pure: what a job becomes by being told (again). A job keeps its vehicle, since its case is that vehicle's: another
 * vehicle is another job with a number of its own, and a withdrawn one stays withdrawn, since nothing says whether
 * what comes after it is older or newer.
 */
export function admitJob(
  known: KnownJob,
  told: { readonly content: JobContent; readonly isWithdrawn: boolean; readonly found: FoundVehicle },
): AdmittedJob {
  const { found, isWithdrawn } = told;
  if (known.state === 'withdrawn' && !isWithdrawn) return refused(known, told.content, 'dispatch-job.withdrawn');
  const isOther = found.kind === 'found' ? found.vehicle !== known.vehicle : found.kind !== 'not-named';
  if (known.vehicle !== null && isOther && !isWithdrawn)
    return refused(known, told.content, 'dispatch-job.vehicle-changed');
  const vehicle = known.vehicle ?? (found.kind === 'found' && !isWithdrawn ? found.vehicle : null);
  const content = tellAgain(known.content, told.content);
  const state = isWithdrawn ? 'withdrawn' : vehicle === null ? 'unmatched' : 'taken';
  const isChanged =
    known.content === null ||
    state !== known.state ||
    vehicle !== known.vehicle ||
    contentText(content) !== contentText(known.content);
  return {
    state,
    vehicle,
    content,
    revision: known.revision + (isChanged ? 1 : 0),
    isChanged,
    code: state === 'unmatched' && found.kind !== 'found' ? `dispatch-job.vehicle-${found.kind}` : null,
  };
}
