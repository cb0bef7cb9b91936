export interface PublisherConfig {
  readonly natsUrl: string;
  readonly jwt: string;
  readonly seed: string;
}

/** Samples of `vehicles`, spread evenly over the second. */
export interface LiveOrder {
  /** `pentad.v1.up.<vehicle>.vit`, or the baselines' own stream. */
  readonly to: 'product' | 'pipe';
  readonly vehicles: number;
  /** Samples a second of each; 1 without. */
  readonly hz?: number;
  /** Samples each vehicle has sent before in this run; none without. */
  readonly from?: number;
  readonly durationMs: number;
  readonly run: number;
  readonly alerts: AlertPlan | null;
}

/** One rule fires every `everyMs` from `startMs` on, evenly: vehicles are taken by the phase of their second. `from` of them fired in earlier rounds and still do. */
export interface AlertPlan {
  readonly from: number;
  readonly count: number;
  readonly startMs: number;
  readonly everyMs: number;
}

export interface LiveReport {
  readonly sent: number;
  readonly failed: number;
  readonly startedAtMs: number;
  /** How late the publisher itself was, at worst. */
  readonly lateMs: number;
  readonly alerts: readonly (readonly [caseId: string, sentAtMs: number])[];
}

const variable = 'BENCH_PUBLISHER';
export const publisherEnvironment = (config: PublisherConfig) => ({ [variable]: JSON.stringify(config) });
export const readPublisherConfig = (): PublisherConfig => JSON.parse(process.env[variable] ?? '{}') as PublisherConfig;
