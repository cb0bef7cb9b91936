import { JobAnswer } from '@pentad/protocol/ask';
import type { CaseId } from '@pentad/protocol/ids';
import { DownlinkPage } from '@pentad/protocol/downlink';
import { RenewedJwt, UplinkAnswer, VehicleToken } from '@pentad/protocol/http-api';
import type { Receipt } from '@pentad/protocol/receipt';
import * as v from 'valibot';
import { AgentError } from '../agent-error.ts';
import type { Credentials, SecondPath } from '../ports.ts';

const REQUEST_TIMEOUT_MS = 10_000;
/** The server answers at once when there is something. A poll that died on its way must not hide an answer for ten seconds. */
const POLL_WAIT_MS = 4_000;
const POLL_TIMEOUT_MS = 8_000;
/** A token lives ten minutes by the server's clock; it is used for nine by the monotonic one, whatever the wall clock says. */
const TOKEN_USED_MS = 540_000;
const VehicleNonce = v.object({ nonce: v.pipe(v.string(), v.minLength(8), v.maxLength(128)) });

export interface HttpPathOptions {
  readonly serverUrl: string;
  readonly credentials: Credentials;
  readonly monotonicMs: () => number;
  readonly fetch?: typeof globalThis.fetch;
}

/** HTTPS to the server, with a ten minute token got by signing the server's nonce (design decision 7). */
export class HttpSecondPath implements SecondPath {
  readonly #options: HttpPathOptions;
  readonly #abort = new AbortController();
  #token: { readonly token: string; readonly goodUntilMonotonicMs: number } | null = null;

  constructor(options: HttpPathOptions) {
    this.#options = options;
  }

  async probe(): Promise<boolean> {
    const response = await this.#fetch('/healthz', { method: 'GET' }, REQUEST_TIMEOUT_MS);
    await response.body?.cancel();
    return response.ok;
  }

  async uplink(items: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    const texts = items.map((bytes) => Buffer.from(bytes).toString('utf8'));
    const answer = await this.#authorized(
      '/v1/uplink',
      { method: 'POST', body: `{"items":[${texts.join(',')}]}` },
      UplinkAnswer,
    );
    return answer.receipts;
  }

  async uplinkMedia(item: Uint8Array): Promise<readonly Receipt[]> {
    const init = { method: 'POST', body: Buffer.from(item), contentType: 'application/cbor' };
    return (await this.#authorized('/v1/uplink/media', init, UplinkAnswer)).receipts;
  }

  jobCard(caseId: CaseId): Promise<JobAnswer> {
    return this.#authorized(`/v1/job-card?caseId=${caseId}`, { method: 'GET' }, JobAnswer);
  }

  downlink(after: number): Promise<DownlinkPage> {
    const query = `after=${after}&waitMs=${POLL_WAIT_MS}`;
    return this.#authorized(`/v1/downlink?${query}`, { method: 'GET' }, DownlinkPage, POLL_TIMEOUT_MS);
  }

  renewJwt(): Promise<v.InferOutput<typeof RenewedJwt>> {
    return this.#authorized('/v1/vehicle-jwt', { method: 'POST', body: '{}' }, RenewedJwt);
  }

  stop(): void {
    this.#abort.abort();
  }

  async #authorized<S extends v.GenericSchema>(
    path: string,
    { contentType = 'application/json', ...init }: RequestInit & { contentType?: string },
    schema: S,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<v.InferOutput<S>> {
    const token = await this.#currentToken();
    const response = await this.#fetch(
      path,
      { ...init, headers: { 'content-type': contentType, authorization: `Bearer ${token}` } },
      timeoutMs,
    );
    if (response.status === 401) this.#token = null;
    return await readAnswer(response, schema);
  }

  async #currentToken(): Promise<string> {
    const { credentials, monotonicMs } = this.#options;
    if (this.#token && this.#token.goodUntilMonotonicMs > monotonicMs()) return this.#token.token;
    const { nonce } = await this.#post('/v1/vehicle-nonce', {}, VehicleNonce);
    const signed = { jwt: credentials.jwt(), nonce, signature: credentials.sign(nonce) };
    const { token, vehicle } = await this.#post('/v1/vehicle-token', signed, VehicleToken);
    if (vehicle !== credentials.vehicle) throw new AgentError('invalid', 'second-path.wrong-vehicle');
    this.#token = { token, goodUntilMonotonicMs: monotonicMs() + TOKEN_USED_MS };
    return token;
  }

  async #post<S extends v.GenericSchema>(path: string, body: object, schema: S): Promise<v.InferOutput<S>> {
    const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return await readAnswer(await this.#fetch(path, init, REQUEST_TIMEOUT_MS), schema);
  }

  async #fetch(path: string, init: RequestInit, timeoutMs: number): Promise<Response> {
    const { serverUrl, fetch = globalThis.fetch } = this.#options;
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      return await fetch(new URL(path, serverUrl), { ...init, redirect: 'error', signal });
    } catch {
      // What fetch says may quote the address; the code is enough.
      throw new AgentError('unavailable', 'second-path.unreachable');
    }
  }
}

async function readAnswer<S extends v.GenericSchema>(response: Response, schema: S): Promise<v.InferOutput<S>> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new AgentError('unavailable', `second-path.status-${response.status}`);
  }
  const body: unknown = await response.json().catch(() => null);
  const read = v.safeParse(schema, body);
  if (!read.success) throw new AgentError('invalid', 'second-path.unreadable');
  return read.output;
}
