import { specialties } from '@pentad/protocol/center';
import { Badge } from '@pentad/ui/badge.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import Layers from 'lucide-solid/icons/layers';
import Locate from 'lucide-solid/icons/locate';
import Minus from 'lucide-solid/icons/minus';
import Plus from 'lucide-solid/icons/plus';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { createSignal, For, onCleanup, untrack } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { topicOf } from '@pentad/protocol/console-feed';
import { regionCase, type RegionState } from './region-state.ts';

const BAR_PX = 92;
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const EQUATOR_M_PER_PX = 78_271.517;

/** The longest round distance that fits the bar at this zoom and latitude. */
export function scaleOf(zoom: number, latitudeDeg: number): { km: number; px: number } {
  const kmPerPx = (EQUATOR_M_PER_PX * Math.cos((latitudeDeg * Math.PI) / 180)) / 2 ** zoom / 1_000;
  const km = [...steps].reverse().find((step) => step / kmPerPx <= BAR_PX) ?? steps[0]!;
  return { km, px: km / kmPerPx };
}

function SpecialtyFilter(props: { region: RegionState }) {
  const app = useConsole();
  const open = () =>
    Object.values(app.link.store.held.topics[topicOf.region]?.cases ?? {})
      .filter((view) => !view.isOver)
      .map(regionCase);
  return (
    <For each={specialties}>
      {(specialty) => (
        <button
          type="button"
          class="chipb"
          aria-pressed={props.region.isShown(specialty)}
          onClick={() => props.region.toggleShown(specialty)}
        >
          <Badge specialty={specialty} />
          {open().filter((each) => each.specialty === specialty).length}
        </button>
      )}
    </For>
  );
}

interface MapControlsProps {
  readonly map: MapLibreMap;
  readonly region: RegionState;
  readonly areRingsShown: boolean;
  readonly onRings: () => void;
  readonly onAll: () => void;
}

export function MapControls(props: MapControlsProps) {
  const { locale } = useUi();
  const map = untrack(() => props.map);
  const read = () => scaleOf(map.getZoom(), map.getCenter().lat);
  const [scale, setScale] = createSignal(read());
  const update = (): void => void setScale(read());
  map.on('zoom', update);
  onCleanup(() => map.off('zoom', update));
  return (
    <>
      <div class="tools">
        <SpecialtyFilter region={props.region} />
        <span class="grow" />
        <button type="button" class="chipb" aria-pressed={props.areRingsShown} onClick={() => props.onRings()}>
          <Layers class="ico" aria-hidden="true" />
          {locale.t('map.rings')}
        </button>
      </div>
      <div class="legend">
        <span>
          {locale.t('map.schematic')} · {scale().km} km
        </span>
        <i class="scale" style={{ width: `${scale().px}px` }} />
        <span class="key key-live">{locale.t('map.keyNobody')}</span>
        <span class="key key-taken">{locale.t('map.keyTaken')}</span>
        <span class="key key-stale">{locale.t('map.keyStale')}</span>
      </div>
      <div class="zoom">
        <button type="button" class="btn" aria-label={locale.t('map.zoomIn')} onClick={() => props.map.zoomIn()}>
          <Plus class="ico" aria-hidden="true" />
        </button>
        <button type="button" class="btn" aria-label={locale.t('map.zoomOut')} onClick={() => props.map.zoomOut()}>
          <Minus class="ico" aria-hidden="true" />
        </button>
        <button type="button" class="btn" aria-label={locale.t('map.all')} onClick={() => props.onAll()}>
          <Locate class="ico" aria-hidden="true" />
        </button>
      </div>
    </>
  );
}
