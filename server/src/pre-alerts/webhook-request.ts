import { createHmac } from 'node:crypto';
import type { Timers } from '../platform/ports.ts';
import { callBody, type CallResult, type OutsideCall } from './outside-call.ts';

/** The part of `fetch` a call needs. */
export type FetchCall = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly body: { cancel(): Promise<void> } | null }>;

export interface Webhook {
  readonly url: string;
  /** Shared with the receiver; signs `<timestamp>.<body>`. */
  readonly secret: string;
}

const TIMEOUT_MS = 5_000;

export const signatureOf = (secret: string, timestampMs: number, body: string): string =>
  createHmac('sha256', secret).update(`${timestampMs}.${body}`).digest('hex');

/**
 * One signed POST, five seconds at most, no redirects followed. 2xx is taken; everything else is tried again. The
 * same call again carries the same `pentad-call`, so that the receiver can tell.
 */
export async function postCall(
  webhook: Webhook,
  call: OutsideCall,
  ports: { readonly fetch: FetchCall; readonly timers: Timers; readonly nowMs: number },
): Promise<CallResult> {
  const body = callBody(call);
  const abort = new AbortController();
  const withdraw = ports.timers.after(TIMEOUT_MS, () => abort.abort());
  try {
    const response = await ports.fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'pentad-call': `${call.targetId}/${call.step}/${call.round}`,
        'pentad-timestamp': String(ports.nowMs),
        'pentad-signature': `sha256=${signatureOf(webhook.secret, ports.nowMs, body)}`,
      },
      body,
      redirect: 'manual',
      signal: abort.signal,
    });
    await response.body?.cancel();
    return { isTaken: response.status >= 200 && response.status < 300, code: `http-${response.status}` };
  } catch {
    return { isTaken: false, code: abort.signal.aborted ? 'timeout' : 'unreachable' };
  } finally {
    withdraw();
  }
}
