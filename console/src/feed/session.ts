import type { Session } from '@pentad/protocol/http-api';
import { createSignal, type Accessor } from 'solid-js';
import type { Api, Failure, Result } from './api.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'server-away' }
  | { readonly kind: 'signed-in'; readonly session: Session };

export interface SessionKeeper {
  readonly state: Accessor<SessionState>;
  readonly session: Accessor<Session | null>;
  readonly ask: () => Promise<void>;
  readonly signIn: (login: string, password: string) => Promise<Failure | null>;
  readonly demoSignIn: (login: string) => Promise<Failure | null>;
  readonly signOut: () => Promise<void>;
  readonly lost: () => void;
}

export function createSessionKeeper(api: Api): SessionKeeper {
  const [state, setState] = createSignal<SessionState>({ kind: 'asking' });
  const take = (result: Result<Session>): Failure | null => {
    if (!result.ok) return result.failure;
    setState({ kind: 'signed-in', session: result.value });
    return null;
  };
  return {
    state,
    session: () => {
      const now = state();
      return now.kind === 'signed-in' ? now.session : null;
    },
    ask: async () => {
      const failure = take(await api.session());
      if (failure) setState({ kind: failure.kind === 'refused' ? 'signed-out' : 'server-away' });
    },
    signIn: async (login, password) => take(await api.signIn(login, password)),
    demoSignIn: async (login) => take(await api.demoSignIn(login)),
    signOut: async () => {
      await api.signOut();
      setState({ kind: 'signed-out' });
    },
    lost: () => setState({ kind: 'signed-out' }),
  };
}
