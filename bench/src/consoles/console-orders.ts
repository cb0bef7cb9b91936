/** What the process of the consoles is asked, and answers. */
export type ConsoleOrder =
  | { readonly do: 'open-pipe'; readonly url: string; readonly consoles: number }
  | { readonly do: 'open-product'; readonly origin: string; readonly pages: readonly PageOrder[] }
  /** `markAt`: the number of updates at which the clock is read. */
  | { readonly do: 'count'; readonly isTimed: boolean; readonly markAt: number }
  | { readonly do: 'report' }
  /** The page that stalls reads nothing off its socket from now on. */
  | { readonly do: 'stall' }
  /** It reads again what waits for it, comes back where it was cut, and says what it found. */
  | { readonly do: 'recover'; readonly origin: string }
  | { readonly do: 'close' };

/** One signed-in page: the cases whose numerics it watches, and the desk whose alerts it answers. */
export interface PageOrder {
  readonly login: string;
  readonly password: string;
  readonly caseIds: readonly string[];
  readonly deskId: string | null;
  /** The one page of a run that will stop reading: counted by itself, and it may be cut. */
  readonly isStalling?: boolean;
}

export interface StallReport {
  /** Updates this page has received since the last `count`. */
  readonly updates: number;
  readonly wasCut: boolean;
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
  /** Updates of the page that stalls. */
  readonly stalledUpdates: number;
  readonly problems: readonly string[];
}
