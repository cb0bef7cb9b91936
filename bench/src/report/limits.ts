export type Unit = 'ratio' | 'KiB' | 'MiB' | 'bytes';

interface Limit {
  readonly gate: number;
  /** Null: none but the gate. */
  readonly goal: number | null;
  readonly isAtLeast: boolean;
}

/** Gates and goals of limits.md; ECG's is of the issue that asked for it. */
const limits: Record<string, Limit> = {
  G1: { gate: 0.55, goal: 0.75, isAtLeast: true },
  G2: { gate: 1.5, goal: 2, isAtLeast: true },
  G3: { gate: 2.5, goal: 1.5, isAtLeast: false },
  G4: { gate: 3, goal: 2, isAtLeast: false },
  ECG: { gate: 1.3, goal: null, isAtLeast: false },
  G10: { gate: 32, goal: 10, isAtLeast: false },
  G11: { gate: 16, goal: 2, isAtLeast: false },
  G12: { gate: 1.5, goal: 1.2, isAtLeast: false },
  G13: { gate: 0.7, goal: 0.85, isAtLeast: true },
  G14: { gate: 220, goal: 170, isAtLeast: false },
};

export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly gate: string | null;
  readonly goal: string | null;
  /** Null: no gate stands on it. */
  readonly pass: boolean | null;
  readonly isGoalMet: boolean | null;
  /** What was divided or subtracted: the value of every round of both sides. */
  readonly samples: Samples;
}

export interface Samples {
  readonly over: readonly number[];
  readonly under: readonly number[];
}

/** A value beside what limits.md asks of it. */
export function judged(id: string, what: string, measured: { value: number; unit: Unit; samples: Samples }): Figure {
  const { value } = measured;
  const limit = limits[id];
  const holds = (bound: number): boolean => (limit?.isAtLeast ? value >= bound : value <= bound);
  const sign = limit?.isAtLeast ? '>=' : '<=';
  const goal = limit?.goal ?? null;
  return {
    id,
    what,
    ...measured,
    gate: limit ? `${sign} ${limit.gate}` : null,
    goal: goal === null ? null : `${sign} ${goal}`,
    pass: limit ? holds(limit.gate) : null,
    isGoalMet: goal === null ? null : holds(goal),
  };
}
