import type { RuleSet } from '@pentad/clinical/rule';
import type { CaseId } from '@pentad/protocol/ids';
import { replayCase, type ReplayedCase } from './replay-case.ts';
import type { StoredCases } from './stored-cases.ts';

export interface ReplayOptions {
  /** null: every case. */
  readonly sinceMs: number | null;
  readonly ruleSets: readonly RuleSet[];
  readonly onCase: (caseId: CaseId, replayed: ReplayedCase) => void;
  /** After each case. */
  readonly onProgress?: (done: number, of: number) => void;
}

const PAGE = 200;

/** Every stored case through the rule sets, one at a time; of a case only its events and a page of samples are held. */
export async function replayStoredCases(stored: StoredCases, options: ReplayOptions): Promise<void> {
  const { ruleSets, onCase, onProgress } = options;
  const sinceMs = options.sinceMs ?? 0;
  const total = await stored.count(sinceMs);
  let done = 0;
  let after: CaseId | null = null;
  for (;;) {
    const page: readonly CaseId[] = await stored.page(sinceMs, after, PAGE);
    for (const caseId of page) {
      onCase(caseId, await replayCase(caseId, await stored.events(caseId), stored.samples(caseId), ruleSets));
      done += 1;
      onProgress?.(done, Math.max(total, done));
    }
    after = page.at(-1) ?? null;
    if (after === null || page.length < PAGE) return;
  }
}
