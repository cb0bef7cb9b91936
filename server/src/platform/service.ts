/** A long-lived part. `start` resolves when it works; `stop` when nothing of it is left running. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}
