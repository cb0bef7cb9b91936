import { A } from '@solidjs/router';
import { AlarmBar } from '@pentad/ui/alarm-bar.tsx';
import { LinkBanner } from '@pentad/ui/link-banner.tsx';
import { priorityOf } from '@pentad/ui/priority';
import { useUi } from '@pentad/ui/ui-context.tsx';
import BellOff from 'lucide-solid/icons/bell-off';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { Show } from 'solid-js';
import { ringsFromMs, type DeskTarget } from '../cases/desk-target.ts';
import { whatIs, whoIs } from '../cases/patient-words.ts';
import { useConsole } from '../console-context.tsx';

/** The unanswered 一级 and 二级 of all my desks, on every page. */
function MyAlarms(props: { worst: DeskTarget }) {
  const app = useConsole();
  const { locale } = useUi();
  const sameTier = () => app.alarms.ringing().filter((ask) => ask.preAlert.tier === props.worst.preAlert.tier).length;
  const others = () => app.alarms.ringing().length - sameTier();
  return (
    <AlarmBar
      priority={priorityOf[props.worst.preAlert.tier]}
      title={locale.t('alarm.unanswered', { count: sameTier(), tier: locale.label('tier', props.worst.preAlert.tier) })}
      sinceMs={ringsFromMs(props.worst.target)}
      pausedUntilMs={app.alarms.pausedUntilMs()}
      onPause={app.alarms.togglePause}
    >
      <A class="alarm-link" href={`/desk/${props.worst.target.deskId}`}>
        {whoIs(props.worst.view, locale)} · {whatIs(props.worst.view, locale)} ·{' '}
        {app.places.callSign(props.worst.view.vehicle)}
      </A>
      <Show when={others() > 0}>
        <span>{locale.t('alarm.others', { count: others() })}</span>
      </Show>
    </AlarmBar>
  );
}

function SoundOff() {
  const app = useConsole();
  const { locale } = useUi();
  const open = async () => {
    if (await app.player.unlock()) app.player.play('low');
  };
  return (
    <div class="banner sound" role="status">
      <BellOff class="ico" aria-hidden="true" />
      <b>{locale.t('sound.isOff')}</b>
      <span>{locale.t('sound.why')}</span>
      <span class="grow" />
      <button type="button" class="btn main" onClick={() => void open()}>
        {locale.t('sound.open')}
      </button>
    </div>
  );
}

export function Banners() {
  const app = useConsole();
  const { locale, clock } = useUi();
  const deskPhone = () => {
    const deskId = app.desks.onDuty() ?? app.desks.ids()[0];
    return deskId === undefined ? null : (app.places.desk(deskId)?.phone ?? null);
  };
  return (
    <div class="banners">
      <Show when={app.isLinkDown()}>
        <LinkBanner
          stoppedAtMs={app.link.lastHeardAtMs() ?? clock.nowMs()}
          phone={deskPhone()}
          onRetry={app.link.retryNow}
        />
      </Show>
      <Show when={app.link.isOutdated()}>
        <div class="banner link" role="alert">
          <RefreshCw class="ico" aria-hidden="true" />
          <b>{locale.t('link.outdated')}</b>
          <span class="grow" />
          <button type="button" class="btn" onClick={() => location.reload()}>
            {locale.t('link.reload')}
          </button>
        </div>
      </Show>
      <Show when={app.alarms.ringing()[0]}>{(worst) => <MyAlarms worst={worst()} />}</Show>
      <Show when={!app.player.canSound()}>
        <SoundOff />
      </Show>
    </div>
  );
}
