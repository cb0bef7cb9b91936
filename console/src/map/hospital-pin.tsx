import type { Hospital } from '@pentad/protocol/center';
import { Badge } from '@pentad/ui/badge.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { Marker, type Map as MapLibreMap } from 'maplibre-gl';
import { For, onCleanup, untrack } from 'solid-js';
import { pointOf } from './geojson.ts';

/** A hospital and its centers. Their capacity is not in the contract yet, so no state is drawn. */
export function HospitalPin(props: { map: MapLibreMap; hospital: Hospital; isDestination: boolean }) {
  const { locale } = useUi();
  const centers = () => props.hospital.centers.filter((center) => center.specialty !== 'emergency');
  const pin = (
    <div class="hospital" classList={{ 'is-destination': props.isDestination }}>
      <span class="hospital-cross" aria-hidden="true" />
      <div class="hospital-words">
        <b>{locale.pick(props.hospital.nameZh, props.hospital.nameEn)}</b>
        <span class="hospital-centers">
          <For each={centers()}>{(center) => <Badge specialty={center.specialty} />}</For>
        </span>
      </div>
    </div>
  ) as HTMLElement;
  const marker = untrack(() =>
    new Marker({ element: pin, anchor: 'center' }).setLngLat(pointOf(props.hospital)).addTo(props.map),
  );
  onCleanup(() => marker.remove());
  return null;
}
