import type { Answer } from '@pentad/protocol/pre-alert';
import { PASSWORD } from './region-directory.ts';
import type { ServerProcess } from './server-process.ts';

export interface OnTarget {
  readonly preAlertId: string;
  readonly targetId: string;
}

export interface Answered {
  readonly status: number;
  readonly code: string | null;
}

/** A signed-in person; the session is a row, so any instance knows it. */
export interface StaffSession {
  readonly login: string;
  post(server: Pick<ServerProcess, 'address'>, route: string, body?: object): Promise<Response>;
  answer(
    server: Pick<ServerProcess, 'address'>,
    on: OnTarget,
    given: { opId: string; answer?: Answer },
  ): Promise<Answered>;
}

const codeOf = async (response: Response): Promise<string | null> => {
  const body = (await response.json()) as { code?: string };
  return body.code ?? null;
};

export async function signIn(server: Pick<ServerProcess, 'address'>, login: string): Promise<StaffSession> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ login, password: PASSWORD });
  const response = await fetch(`${server.address}/v1/session`, { method: 'POST', headers, body });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (response.status !== 200 || cookie === undefined) throw new Error(`sign-in of ${login}: ${response.status}`);
  const post: StaffSession['post'] = (at, route, given = {}) =>
    fetch(`${at.address}${route}`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(given) });
  return {
    login,
    post,
    answer: async (at, { preAlertId, targetId }, { opId, answer = 'accept' }) => {
      const route = `/v1/pre-alerts/${preAlertId}/targets/${targetId}/answer`;
      const given = await post(at, route, { opId, answer, minutes: null, reason: null });
      return { status: given.status, code: await codeOf(given) };
    },
  };
}
