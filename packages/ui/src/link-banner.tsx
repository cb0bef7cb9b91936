import Unplug from 'lucide-solid/icons/unplug';
import { Show } from 'solid-js';
import { formatCount, formatTime } from './format.ts';
import { useUi } from './ui-context.tsx';

/** Above everything, hatched and neutral: the time the data stopped, what to do, whom to phone. */
export function LinkBanner(props: { stoppedAtMs: number; phone: string | null; onRetry: () => void }) {
  const ui = useUi();
  return (
    <div class="banner link" role="alert">
      <Unplug class="ico" aria-hidden="true" />
      <b>
        {ui.locale.t('link.down')} {formatCount(ui.clock.nowMs() - props.stoppedAtMs, 'up')}
      </b>
      <span>{ui.locale.t('link.stopped', { time: formatTime(props.stoppedAtMs) })}</span>
      <Show when={props.phone}>{(phone) => <span>{ui.locale.t('link.phone', { phone: phone() })}</span>}</Show>
      <span class="grow" />
      <button type="button" class="btn" onClick={() => props.onRetry()}>
        {ui.locale.t('link.retry')}
      </button>
    </div>
  );
}
