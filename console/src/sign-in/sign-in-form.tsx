import { useUi } from '@pentad/ui/ui-context.tsx';
import Volume2 from 'lucide-solid/icons/volume-2';
import { createSignal, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import type { SignInAct } from './sign-in-act.ts';

/** One act signs in and opens sound: the press is the gesture the browser asks for. */
export function SignInForm(props: { act: SignInAct }) {
  const app = useConsole();
  const { locale } = useUi();
  const [login, setLogin] = createSignal('');
  const [password, setPassword] = createSignal('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const [name, secret] = [login(), password()];
    void props.act.run(() => app.sessions.signIn(name, secret));
  };
  return (
    <form onSubmit={submit}>
      <label class="field">
        {locale.t('signIn.login')}
        <input
          name="login"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          maxLength={64}
          value={login()}
          onInput={(event) => setLogin(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        {locale.t('signIn.password')}
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxLength={256}
          value={password()}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="btn main big" disabled={props.act.isBusy()}>
        {locale.t(props.act.isBusy() ? 'signIn.busy' : 'signIn.submit')}
      </button>
      <Show when={props.act.problem()}>
        {(problem) => (
          <p class="problem" role="alert">
            {problem()}
          </p>
        )}
      </Show>
      <p class="row sm">
        <Volume2 class="ico" aria-hidden="true" />
        <span>{locale.t('signIn.sound')}</span>
      </p>
    </form>
  );
}
