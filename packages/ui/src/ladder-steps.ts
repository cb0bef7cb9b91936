export interface LadderStep {
  readonly step: string;
  readonly round: number;
  readonly dueAtMs: number;
  readonly firedAtMs: number | null;
}

export interface LadderReading {
  readonly steps: readonly (LadderStep & { readonly state: 'done' | 'next' | 'later'; readonly afterMs: number })[];
  readonly next: LadderStep | null;
  /** 0 to 1 on the way from the step before to the next one. */
  readonly progress: number;
}

/** A ladder that repeats its last rung grows without end: what a person reads is its beginning and where it stands. */
const shownAtMost = 6;

export function readLadder(ladder: readonly LadderStep[], sinceMs: number, nowMs: number): LadderReading {
  const sorted = [...ladder].sort((a, b) => a.dueAtMs - b.dueAtMs);
  const nextIndex = sorted.findIndex((step) => step.firedAtMs === null);
  const next = nextIndex < 0 ? null : (sorted[nextIndex] ?? null);
  const from = nextIndex > 0 ? (sorted[nextIndex - 1]?.dueAtMs ?? sinceMs) : sinceMs;
  const span = next ? next.dueAtMs - from : 0;
  const start = Math.max(0, Math.min(sorted.length - shownAtMost, nextIndex < 0 ? sorted.length : nextIndex - 3));
  return {
    next,
    progress: next && span > 0 ? Math.min(1, Math.max(0, (nowMs - from) / span)) : 0,
    steps: sorted.slice(start, start + shownAtMost).map((step) => ({
      ...step,
      afterMs: Math.max(0, step.dueAtMs - sinceMs),
      state: step.firedAtMs !== null ? 'done' : step === next ? 'next' : 'later',
    })),
  };
}
