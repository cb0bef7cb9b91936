/** An additive score with inputs missing: each missing one counted at 0 and at its maximum, never as normal. */
export interface ScoreRange {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly missing: readonly string[];
}
