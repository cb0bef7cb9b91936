import type { CaseView } from '@pentad/protocol/case-view';
import { formatAge, formatTime } from '@pentad/ui/format';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, Show, type Accessor } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { estimateArrival, type ArrivalEstimate } from './arrival-estimate.ts';

const arrived = new Set(['arrived', 'handed-over', 'in-hospital-care', 'disposed', 'closed']);

export function createArrival(view: Accessor<CaseView>): Accessor<ArrivalEstimate> {
  const app = useConsole();
  const { clock } = useUi();
  const estimate = createMemo(() => {
    const { destination, vehicle } = view();
    const unit = vehicle === null ? undefined : app.link.store.held.units[vehicle];
    return estimateArrival(unit, destination?.hospitalId, clock.nowMs());
  });
  return estimate;
}

export function hasArrived(view: CaseView): boolean {
  return arrived.has(view.status);
}

/** The time to act is the largest figure: minutes, then the band, when, by which method and from how old a position; without a fresh position, a dash and why. */
export function ArrivalFigure(props: { view: CaseView; estimate: ArrivalEstimate }) {
  const { locale } = useUi();
  const minutes = () => (props.estimate.kind === 'minutes' ? props.estimate : null);
  const reason = () => {
    if (props.estimate.kind === 'position-stale')
      return locale.t('arrival.stale', { age: formatAge(props.estimate.ageMs) });
    if (props.estimate.kind === 'at-the-door') return locale.t('arrival.door');
    return locale.t(props.estimate.kind === 'unknown' ? 'arrival.unknown' : 'arrival.noPosition');
  };
  return (
    <div class="eta">
      <Show when={!hasArrived(props.view)} fallback={<b>{locale.label('status', props.view.status)}</b>}>
        <Show
          when={minutes()}
          fallback={
            <>
              <b>{props.estimate.kind === 'at-the-door' ? '0' : '—'}</b>
              <span>{reason()}</span>
            </>
          }
        >
          {(known) => (
            <>
              <b>
                <small>{locale.t('arrival.about')}</small> {known().minutes} min
              </b>
              <span title={locale.t(known().source === 'great-circle' ? 'arrival.byGreatCircle' : 'arrival.byRoad')}>
                {locale.t('arrival.band', {
                  from: String(known().fromMinutes),
                  to: String(known().toMinutes),
                  time: formatTime(known().atMs, 'minutes'),
                })}
                <br />
                {locale.t(known().source === 'great-circle' ? 'arrival.circle' : 'arrival.road', {
                  km: known().distanceKm.toFixed(1),
                  age: formatAge(known().ageMs),
                })}
              </span>
            </>
          )}
        </Show>
      </Show>
    </div>
  );
}
