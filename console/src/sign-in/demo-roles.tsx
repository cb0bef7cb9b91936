import type { DemoIdentity } from '@pentad/protocol/http-api';
import { useUi } from '@pentad/ui/ui-context.tsx';
import Bell from 'lucide-solid/icons/bell';
import HeartPulse from 'lucide-solid/icons/heart-pulse';
import MapIcon from 'lucide-solid/icons/map';
import Settings from 'lucide-solid/icons/settings';
import { createResource, For, Match, Show, Switch } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import type { SignInAct } from './sign-in-act.ts';

function RoleIcon(props: { role: DemoIdentity['role'] }) {
  return (
    <Switch fallback={<Settings class="ico" aria-hidden="true" />}>
      <Match when={props.role === 'center-nurse'}>
        <Bell class="ico" aria-hidden="true" />
      </Match>
      <Match when={props.role === 'center-specialist'}>
        <HeartPulse class="ico" aria-hidden="true" />
      </Match>
      <Match when={props.role === 'regional-supervisor' || props.role === 'dispatcher'}>
        <MapIcon class="ico" aria-hidden="true" />
      </Match>
    </Switch>
  );
}

/** Whoever sees everything comes first, then the desks in the server's order. */
const rank = (identity: DemoIdentity): number => (identity.role === 'regional-supervisor' ? 0 : 1);

/** Only where the server offers demo identities: on a production server the question is answered 404. */
export function DemoRoles(props: { act: SignInAct }) {
  const app = useConsole();
  const { locale } = useUi();
  const [identities] = createResource(async () => {
    const result = await app.api.demoIdentities();
    return result.ok ? [...result.value].sort((a, b) => rank(a) - rank(b)) : [];
  });
  return (
    <Show when={(identities()?.length ?? 0) > 0}>
      <span class="sep">{locale.t('signIn.demo')}</span>
      <div class="roles">
        <For each={identities()}>
          {(identity) => (
            <button
              type="button"
              class="btn"
              disabled={props.act.isBusy()}
              onClick={() => void props.act.run(() => app.sessions.demoSignIn(identity.login))}
            >
              <RoleIcon role={identity.role} />
              <span>
                {locale.label('role', identity.role)} · {identity.name}
              </span>
              <small>{locale.pick(identity.placeZh, identity.placeEn)}</small>
            </button>
          )}
        </For>
      </div>
    </Show>
  );
}
