import { A, useLocation } from '@solidjs/router';
import { formatAge, formatDay, formatTime } from '@pentad/ui/format';
import { useUi } from '@pentad/ui/ui-context.tsx';
import LogOut from 'lucide-solid/icons/log-out';
import Volume2 from 'lucide-solid/icons/volume-2';
import VolumeX from 'lucide-solid/icons/volume-x';
import { For, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { BrandMark } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';

function NavLink(props: { href: string; children: string }) {
  const location = useLocation();
  return (
    <A href={props.href} aria-current={location.pathname === props.href ? 'page' : undefined}>
      {props.children}
    </A>
  );
}

function MainNav() {
  const app = useConsole();
  const { locale } = useUi();
  const location = useLocation();
  /** As the server decides it (platform/actor.ts, seesRegion). */
  const sees = () => ['regional-supervisor', 'dispatcher'].includes(app.session()?.role ?? '');
  return (
    <nav class="nav" aria-label={locale.t('nav.title')}>
      <Show when={sees()}>
        <NavLink href="/map">{locale.t('nav.map')}</NavLink>
      </Show>
      <For each={app.desks.ids()}>
        {(deskId) => <NavLink href={`/desk/${deskId}`}>{app.places.deskName(deskId)}</NavLink>}
      </For>
      <Show when={location.pathname.startsWith('/case/')}>
        <NavLink href={location.pathname}>{locale.t('nav.case')}</NavLink>
      </Show>
    </nav>
  );
}

function LinkState() {
  const app = useConsole();
  const { locale, clock } = useUi();
  const quietMs = () => Math.max(0, clock.nowMs() - (app.link.lastHeardAtMs() ?? clock.nowMs()));
  const isLive = () => app.link.state() === 'live' && quietMs() < 4_000;
  const words = () => {
    if (app.link.state() === 'connecting') return locale.t('link.connecting');
    if (app.link.state() === 'down') return locale.t('link.lost');
    return isLive() ? locale.t('link.live') : locale.t('link.late', { age: formatAge(quietMs()) });
  };
  return (
    <span class="state">
      <i class="dot" classList={{ off: !isLive() }} />
      {words()}
    </span>
  );
}

export function TopBar(props: { onHelp: () => void }) {
  const app = useConsole();
  const { locale, clock } = useUi();
  const regionName = () => {
    const region = app.places.region();
    return region ? locale.pick(region.nameZh, region.nameEn) : '';
  };
  return (
    <header class="topbar">
      <A class="brand" href="/">
        <BrandMark />
        <span>
          {locale.t('brand.name')} <small>{regionName()}</small>
        </span>
      </A>
      <MainNav />
      <span class="grow" />
      <LinkState />
      <span class="state">
        <Show when={app.player.canSound()} fallback={<VolumeX class="ico" aria-hidden="true" />}>
          <Volume2 class="ico" aria-hidden="true" />
        </Show>
        {locale.t(app.player.canSound() ? 'sound.on' : 'sound.off')}
      </span>
      <span class="state quiet day">{formatDay(clock.nowMs(), locale.lang())}</span>
      <time class="clock">{formatTime(clock.nowMs())}</time>
      <span class="state who">
        <b>{app.session()?.name}</b>
        <span class="quiet role">{locale.label('role', app.session()?.role ?? '')}</span>
      </span>
      <LanguageSwitch />
      <button
        type="button"
        class="btn soft icon"
        aria-label={locale.t('keys.title')}
        title={locale.t('keys.title')}
        onClick={() => props.onHelp()}
      >
        <span class="kbd">?</span>
      </button>
      <button
        type="button"
        class="btn soft icon"
        aria-label={locale.t('signOut')}
        title={locale.t('signOut')}
        onClick={() => void app.sessions.signOut()}
      >
        <LogOut class="ico" aria-hidden="true" />
      </button>
    </header>
  );
}
