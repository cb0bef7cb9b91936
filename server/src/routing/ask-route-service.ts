import * as v from 'valibot';
import type { Timers } from '../platform/ports.ts';

export const ROUTE_TIMEOUT_MS = 2_000;
/** A route of a region is a few KB; what is larger is not an answer to our question. */
export const MAX_ANSWER_BYTES = 524_288;

export interface RouteServicePorts {
  readonly timers: Timers;
  readonly fetch: typeof globalThis.fetch;
}

export type RouteFailure = 'timeout' | 'unreachable' | 'refused' | 'too-large' | 'unreadable' | 'implausible';
export type RouteAnswer<T> =
  { readonly answer: T; readonly failure: null } | { readonly answer: null; readonly failure: RouteFailure };

const failed = (failure: RouteFailure) => ({ answer: null, failure }) as const;

/** One question to a routing service. Whatever happens comes back as a value; what is not of the schema is refused. */
export async function askRouteService<S extends v.GenericSchema>(
  { timers, fetch }: RouteServicePorts,
  url: URL,
  init: RequestInit,
  schema: S,
): Promise<RouteAnswer<v.InferOutput<S>>> {
  const abort = new AbortController();
  // Raced as well: a body that is being read does not always hear of an abort (Node 20, undici holds the signal weakly).
  let timeUp = (): void => undefined;
  const isOver = new Promise<never>((_, reject) => {
    timeUp = () => reject(new Error('timeout'));
  });
  isOver.catch(() => undefined);
  const cancel = timers.after(ROUTE_TIMEOUT_MS, () => {
    abort.abort();
    timeUp();
  });
  try {
    const response = await Promise.race([fetch(url, { ...init, redirect: 'error', signal: abort.signal }), isOver]);
    if (!response.ok) {
      await response.body?.cancel();
      return failed('refused');
    }
    const text = await Promise.race([readText(response), isOver]);
    if (text === null) return failed('too-large');
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
    return read.success ? { answer: read.output, failure: null } : failed('unreadable');
  } catch {
    // What fetch says may quote the address, which holds positions; the kind is enough.
    return failed(abort.signal.aborted ? 'timeout' : 'unreachable');
  } finally {
    cancel();
  }
}

/** The body as text; null: it is over the limit, and the rest was not read. */
async function readText(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    // Leaving the loop cancels the body.
    if (length > MAX_ANSWER_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
