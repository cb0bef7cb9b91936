/** Twelve leads of `vehicles` for a while, each chunk when it is whole, spread evenly. */
export interface EcgOrder {
  readonly vehicles: number;
  readonly durationMs: number;
  readonly run: number;
  /** Chunks each vehicle has sent before. */
  readonly from: number;
}

export interface EcgReport {
  readonly sent: number;
  readonly failed: number;
  readonly sampleBytes: number;
  readonly messageBytes: number;
  readonly lateMs: number;
}
