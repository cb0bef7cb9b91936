import type { PreAlert, Target } from './case-parts.ts';

export const chainSteps = ['captured', 'sent', 'stored', 'delivered', 'displayed', 'seen', 'accepted'] as const;
export type ChainStep = (typeof chainSteps)[number];

export interface ChainLink {
  readonly step: ChainStep;
  readonly state: 'done' | 'now' | 'later';
  /** null on a done step: it is proved by a later one, but its own instant is not known. */
  readonly atMs: number | null;
  readonly byName: string | null;
}

/**
 * The receipt chain of one target. A step lights only when its row is committed, or when a committed later row
 * proves it: what is stored has been sent.
 * @param capturedAtMs when the crew pressed, or the newest measurement the rule rested on
 */
export function receiptChain(preAlert: PreAlert, target: Target, capturedAtMs: number | null): readonly ChainLink[] {
  const owning = target.answers.findLast((given) => given.answer === 'accept' || given.answer === 'accept-in-minutes');
  const stamps: Record<ChainStep, { atMs: number | null; byName: string | null } | null> = {
    captured: { atMs: capturedAtMs, byName: null },
    sent: { atMs: null, byName: null },
    stored: { atMs: preAlert.raisedAtMs, byName: null },
    delivered: target.deliveredAtMs === null ? null : { atMs: target.deliveredAtMs, byName: null },
    displayed: target.displayedAtMs === null ? null : { atMs: target.displayedAtMs, byName: null },
    seen: target.seen,
    accepted: owning ?? null,
  };
  const last = chainSteps.findLastIndex((step) => stamps[step] !== null);
  return chainSteps.map((step, index) => {
    const stamp = stamps[step];
    if (stamp) return { step, state: 'done', ...stamp };
    if (index < last) return { step, state: 'later', atMs: null, byName: null };
    return { step, state: index === last + 1 ? 'now' : 'later', atMs: null, byName: null };
  });
}
