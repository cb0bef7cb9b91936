import { useUi } from '@pentad/ui/ui-context.tsx';
import { createResource, onCleanup, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { BrandMark } from '../shell/brand.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { DemoRoles } from './demo-roles.tsx';
import { Pentagon } from './pentagon.tsx';
import { createSignInAct } from './sign-in-act.ts';
import { SignInForm } from './sign-in-form.tsx';
import './sign-in.css';

const ASK_EVERY_MS = 5_000;

/** Any answer, even "not signed in", proves that the server is there; the time it took is shown as measured. */
function ServerState() {
  const app = useConsole();
  const { locale } = useUi();
  const [answer, { refetch }] = createResource(async () => {
    const startMs = performance.now();
    const result = await app.api.session();
    const isThere = result.ok || result.failure.kind !== 'unreachable';
    return { isThere, tookS: ((performance.now() - startMs) / 1_000).toFixed(2) };
  });
  const timer = setInterval(() => void refetch(), ASK_EVERY_MS);
  onCleanup(() => clearInterval(timer));
  return (
    <footer class="row cap quiet">
      <Show when={answer.latest} fallback={<span>{locale.t('signIn.asking')}</span>}>
        {(latest) => (
          <>
            <i class="dot" classList={{ off: !latest().isThere }} />
            <span>
              {latest().isThere ? locale.t('signIn.server', { seconds: latest().tookS }) : locale.t('signIn.away')}
            </span>
          </>
        )}
      </Show>
    </footer>
  );
}

export function SignInScreen() {
  const app = useConsole();
  const { locale } = useUi();
  const act = createSignInAct(locale, app.player.unlock);
  return (
    <main class="in">
      <section class="left">
        <Pentagon />
        <div class="brand">
          <BrandMark />
          <span>
            {locale.t('brand.name')} <small>{locale.t('brand.second')}</small>
          </span>
        </div>
        <div>
          <h1>{locale.t('signIn.motto')}</h1>
          <p>{locale.t('signIn.about')}</p>
        </div>
      </section>
      <section class="formc">
        <header class="row">
          <h2>{locale.t('signIn.title')}</h2>
          <span class="grow" />
          <LanguageSwitch />
        </header>
        <SignInForm act={act} />
        <DemoRoles act={act} />
        <ServerState />
      </section>
    </main>
  );
}
