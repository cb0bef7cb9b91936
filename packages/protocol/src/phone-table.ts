import type { Tier } from './pre-alert.ts';

/** Design decision 8: when the crew is told to phone, and whom. One table for tablet, agent and server. */
export type PhoneAdvice =
  | { readonly kind: 'phone-the-center'; readonly because: 'not-stored' | 'on-no-live-desk' | 'no-person' }
  | { readonly kind: 'director-and-region-called' }
  | { readonly kind: 'next-center-asked' };

export const phoneTableMs = {
  notStored: 15_000,
  onNoLiveDesk: 30_000,
  noPerson: 60_000,
  directorAndRegion: 120_000,
  nextCenter: 180_000,
} as const;

/** 二级: all times doubled. */
export const tierFactor = (tier: Tier): number => (tier === 'level-1' ? 1 : 2);

export interface AlertProgress {
  readonly tier: Tier;
  readonly elapsedMs: number;
  readonly isStored: boolean;
  readonly isOnLiveDesk: boolean;
  readonly isAnswered: boolean;
}

/**
 * All advice that holds now, the most urgent last. `elapsedMs` is counted on the agent's monotonic clock from
 * the press. Not-stored time is never doubled: the crew cannot know the server's tier before it is stored.
 */
export function phoneAdvice(progress: AlertProgress): readonly PhoneAdvice[] {
  const { elapsedMs, isStored, isOnLiveDesk, isAnswered } = progress;
  if (isAnswered) return [];
  const factor = tierFactor(progress.tier);
  if (!isStored)
    return elapsedMs >= phoneTableMs.notStored ? [{ kind: 'phone-the-center', because: 'not-stored' }] : [];
  const advice: PhoneAdvice[] = [];
  if (!isOnLiveDesk && elapsedMs >= phoneTableMs.onNoLiveDesk * factor) {
    advice.push({ kind: 'phone-the-center', because: 'on-no-live-desk' });
  } else if (elapsedMs >= phoneTableMs.noPerson * factor) {
    advice.push({ kind: 'phone-the-center', because: 'no-person' });
  }
  if (elapsedMs >= phoneTableMs.directorAndRegion * factor) advice.push({ kind: 'director-and-region-called' });
  if (elapsedMs >= phoneTableMs.nextCenter * factor) advice.push({ kind: 'next-center-asked' });
  return advice;
}
