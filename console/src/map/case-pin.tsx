import { Badge } from '@pentad/ui/badge.tsx';
import { flashPhase } from '@pentad/ui/flash-phase';
import { formatAge } from '@pentad/ui/format';
import { priorityOf } from '@pentad/ui/priority';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { Marker, type Map as MapLibreMap } from 'maplibre-gl';
import { createEffect, onCleanup, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { isPositionStale, pointOf } from './geojson.ts';
import type { RegionCase, RegionState } from './region-state.ts';
import type { Side } from './tag-placement.ts';

interface CasePinProps {
  readonly map: MapLibreMap;
  readonly each: RegionCase;
  readonly region: RegionState;
  readonly side: Side;
}

/** A case on the map: badge in a ring of its tier, doubled while nobody has it; hollow when its position is old. */
export function CasePin(props: CasePinProps) {
  const app = useConsole();
  const { locale, clock } = useUi();
  const unit = () => props.region.unitOf(props.each.view.vehicle);
  const isStale = () => {
    const now = unit();
    return !now || isPositionStale(now, clock.nowMs());
  };
  const note = () => {
    const measuredAtMs = unit()?.measuredAtMs ?? null;
    if (isStale())
      return measuredAtMs === null
        ? locale.t('arrival.noPosition')
        : locale.t('arrival.stale', { age: formatAge(clock.nowMs() - measuredAtMs) });
    const arrival = props.region.arrival(props.each.view);
    return arrival.kind === 'minutes' ? `${arrival.minutes} min` : '';
  };
  const pin = (
    <button
      type="button"
      class={`pin is-${props.each.tier === null ? 'calm' : priorityOf[props.each.tier]}`}
      classList={{
        'is-live': props.each.isUnanswered,
        'is-stale': isStale(),
        'is-selected': props.region.selectedCaseId() === props.each.view.caseId,
      }}
      style={{ '--flash-at': props.each.isUnanswered ? flashPhase() : undefined }}
      aria-label={`${app.places.callSign(props.each.view.vehicle)} ${note()}`}
      onClick={() => props.region.select(props.each.view.caseId)}
    >
      <Show when={unit()?.position?.headingDeg ?? null}>
        {(heading) => <span class="pin-heading" style={{ transform: `rotate(${heading()}deg)` }} />}
      </Show>
      <span class="pin-ring">
        <Badge specialty={props.each.specialty} />
      </span>
      <span class={`pin-tag is-${props.side}`}>
        <b>{app.places.callSign(props.each.view.vehicle)}</b> {note()}
      </span>
    </button>
  ) as HTMLElement;
  const marker = new Marker({ element: pin, anchor: 'center' });
  let isAdded = false;
  createEffect(() => {
    const position = unit()?.position;
    if (!position) return;
    marker.setLngLat(pointOf(position));
    if (!isAdded) marker.addTo(props.map);
    isAdded = true;
  });
  onCleanup(() => marker.remove());
  return null;
}
