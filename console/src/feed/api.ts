import { CaseView } from '@pentad/protocol/case-view';
import {
  CaseDetail,
  DemoIdentity,
  NumericsSeries,
  Problem,
  Region,
  Session,
  WsTicket,
  type AnswerInput,
  type SeenInput,
} from '@pentad/protocol/http-api';
import { readAll, readAs, type InputOf, type Readable } from './read-as.ts';

/** `unreachable`: nothing came back; the act may or may not be stored, so it is repeated with the same opId. */
export type Failure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string };
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const TIMEOUT_MS = 10_000;

const one =
  <T>(schema: Readable<T>) =>
  (body: unknown): T | null =>
    readAs(schema, body);
const all =
  <T>(schema: Readable<T>) =>
  (body: unknown): readonly T[] | null =>
    readAll(schema, body);
const caseReply = (body: unknown): { readonly case: CaseView } | null => {
  const view = readAs(CaseView, (body as { readonly case?: unknown } | null)?.case);
  return view && { case: view };
};
const nothing = (): true => true;

async function failureOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null);
  return { kind: 'refused', status: response.status, code: readAs(Problem, body)?.code ?? 'unknown' };
}

async function call<T>(
  method: string,
  path: string,
  read: (body: unknown) => T | null,
  body?: unknown,
): Promise<Result<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }
  if (!response.ok) return { ok: false, failure: await failureOf(response) };
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
  const value = read(answer);
  return value === null ? { ok: false, failure: { kind: 'unreadable' } } : { ok: true, value };
}

const targetPath = (preAlertId: string, targetId: string, act: string) =>
  `/v1/pre-alerts/${encodeURIComponent(preAlertId)}/targets/${encodeURIComponent(targetId)}/${act}`;

/** Every call answers with a value that fits its schema, or with a reason. Nothing throws. */
export const api = {
  session: () => call('GET', '/v1/session', one(Session)),
  signIn: (login: string, password: string) => call('POST', '/v1/session', one(Session), { login, password }),
  signOut: () => call('DELETE', '/v1/session', nothing),
  demoIdentities: () => call('GET', '/v1/demo-identities', all(DemoIdentity)),
  demoSignIn: (login: string) => call('POST', '/v1/demo-session', one(Session), { login }),
  wsTicket: () => call('POST', '/v1/ws-ticket', one(WsTicket), {}),
  region: () => call('GET', '/v1/region', one(Region)),
  case: (caseId: string) => call('GET', `/v1/cases/${encodeURIComponent(caseId)}`, one(CaseDetail)),
  numerics: (caseId: string, fromMs: number, toMs: number) =>
    call('GET', `/v1/cases/${encodeURIComponent(caseId)}/numerics?fromMs=${fromMs}&toMs=${toMs}`, one(NumericsSeries)),
  answer: (preAlertId: string, targetId: string, input: AnswerInput) =>
    call('POST', targetPath(preAlertId, targetId, 'answer'), caseReply, input),
  seen: (preAlertId: string, targetId: string, input: InputOf<typeof SeenInput>) =>
    call('POST', targetPath(preAlertId, targetId, 'seen'), caseReply, input),
} as const;
export type Api = typeof api;
