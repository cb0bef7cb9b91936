import type { Locale } from '@pentad/ui/locale';
import { createSignal, type Accessor } from 'solid-js';
import type { Failure } from '../feed/api.ts';

export interface SignInAct {
  readonly isBusy: Accessor<boolean>;
  readonly problem: Accessor<string | null>;
  readonly run: (act: () => Promise<Failure | null>) => Promise<void>;
}

function problemWords(failure: Failure, locale: Locale): string {
  if (failure.kind === 'unreachable') return locale.t('signIn.away');
  if (failure.kind === 'unreadable') return locale.t('link.outdated');
  if (failure.status === 401 || failure.status === 403) return locale.t('signIn.wrong');
  if (failure.status === 429) return locale.t('signIn.tooOften');
  return locale.t('signIn.failed', { code: failure.code });
}

export function createSignInAct(locale: Locale, unlockSound: () => Promise<boolean>): SignInAct {
  const [isBusy, setIsBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  return {
    isBusy,
    problem: () => {
      const now = failure();
      return now ? problemWords(now, locale) : null;
    },
    run: async (act) => {
      if (isBusy()) return;
      setIsBusy(true);
      void unlockSound();
      setFailure(await act());
      setIsBusy(false);
    },
  };
}
