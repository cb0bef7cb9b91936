/** What the process of the consoles is asked, and answers. */
export type ConsoleOrder =
  | { readonly do: 'open-pipe'; readonly url: string; readonly consoles: number }
  | { readonly do: 'open-product'; readonly origin: string; readonly pages: readonly PageOrder[] }
  /** `markAt`: the number of updates at which the clock is read. */
  | { readonly do: 'count'; readonly isTimed: boolean; readonly markAt: number }
  | { readonly do: 'report' }
  | { readonly do: 'close' };

/** One signed-in page: the cases whose numerics it watches, and the desk whose alerts it answers. */
export interface PageOrder {
  readonly login: string;
  readonly password: string;
  readonly caseIds: readonly string[];
  readonly deskId: string | null;
}

export interface ConsoleReport {
  /** Updates received by all consoles together. */
  readonly updates: number;
  readonly frames: number;
  readonly markedAtMs: number;
  readonly lastAtMs: number;
  /** Sent at, and how long it took, both in ms; only while timed. */
  readonly latencies: readonly (readonly [sentAtMs: number, tookMs: number])[];
  /** First frame with an open pre-alert of a case at a desk's page. */
  readonly alerts: readonly (readonly [caseId: string, atMs: number])[];
  readonly answered: number;
  readonly problems: readonly string[];
}
