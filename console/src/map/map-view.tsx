import type { Map as MapLibreMap } from 'maplibre-gl';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createEffect, createMemo, createSignal, For, onCleanup, Show, untrack } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { CasePin } from './case-pin.tsx';
import { courses, idleUnits, pointOf, rings } from './geojson.ts';
import { HospitalPin } from './hospital-pin.tsx';
import { addLiveLayers, createSourceWriter } from './live-layers.ts';
import { makeMap, REGION_PADDING, regionBounds } from './make-map.ts';
import { MapControls } from './map-controls.tsx';
import { createPalette } from './map-palette.ts';
import { townLabel } from './base-style.ts';
import type { RegionState } from './region-state.ts';
import { createTagSides } from './tag-sides.ts';

/** Writes what moves into the map's sources; the map itself is never touched from elsewhere. */
function createLiveData(map: MapLibreMap, region: RegionState, areRingsShown: () => boolean): void {
  const app = useConsole();
  const { locale, clock } = useUi();
  const write = createSourceWriter(map);
  const onBoard = createMemo(() => new Set(region.cases().map((each) => each.view.vehicle as string)));
  const target = () => {
    const hospitalId = region.selected()?.view.destination?.hospitalId;
    return (hospitalId === undefined ? undefined : app.places.hospital(hospitalId)) ?? null;
  };
  createEffect(() => {
    const idle = Object.values(app.link.store.held.units).filter((unit) => !onBoard().has(unit.vehicle));
    write('idle-units', idleUnits(idle, clock.nowMs(), app.places.callSign));
  });
  createEffect(() => {
    const lines = region.cases().flatMap((each) => {
      const position = region.unitOf(each.view.vehicle)?.position;
      const hospital = each.view.destination ? app.places.hospital(each.view.destination.hospitalId) : undefined;
      return position && hospital
        ? [{ from: pointOf(position), to: pointOf(hospital), tier: each.tier ?? 'none' }]
        : [];
    });
    write('courses', courses(lines));
  });
  createEffect(() => write('rings', rings(areRingsShown() ? target() : null)));
  createEffect(() => {
    const position = region.unitOf(region.selected()?.view.vehicle ?? null)?.position;
    if (region.isFollowing() && position) map.easeTo({ center: pointOf(position), duration: 200 });
  });
  createEffect(() => map.setLayoutProperty('towns', 'text-field', townLabel(locale.lang())));
}

function LiveMap(props: { map: MapLibreMap; region: RegionState; areRingsShown: boolean }) {
  const app = useConsole();
  const [map, region] = untrack(() => [props.map, props.region] as const);
  createLiveData(map, region, () => props.areRingsShown);
  const sideOf = createTagSides(map, region);
  const ids = createMemo(() => props.region.cases().map((each) => each.view.caseId as string));
  const caseOf = (caseId: string) => props.region.cases().find((each) => each.view.caseId === caseId);
  return (
    <>
      <For each={app.places.region()?.hospitals}>
        {(hospital) => (
          <HospitalPin
            map={props.map}
            hospital={hospital}
            isDestination={props.region.selected()?.view.destination?.hospitalId === hospital.hospitalId}
          />
        )}
      </For>
      <For each={ids()}>
        {(id) => (
          <Show when={caseOf(id)}>
            {(each) => <CasePin map={props.map} each={each()} region={props.region} side={sideOf(id)} />}
          </Show>
        )}
      </For>
    </>
  );
}

export function MapView(props: { region: RegionState }) {
  const app = useConsole();
  const { locale } = useUi();
  const [map, setMap] = createSignal<MapLibreMap | null>(null);
  const [hasBase, setHasBase] = createSignal(true);
  const [areRingsShown, setRingsShown] = createSignal(true);
  let container!: HTMLDivElement;
  let made: MapLibreMap | null = null;
  createEffect(() => {
    const region = app.places.region();
    if (!region || made) return;
    const palette = createPalette();
    const fresh = makeMap(container, region, palette, untrack(locale.lang));
    made = fresh;
    fresh.on('load', () => {
      addLiveLayers(fresh, palette);
      setMap(fresh);
      container.dataset['ready'] = 'true';
    });
    fresh.on('error', () => setHasBase(false));
    fresh.on('dragstart', () => untrack(() => props.region.setFollowing(false)));
  });
  onCleanup(() => made?.remove());
  const showAll = () => {
    const region = app.places.region();
    if (region) map()?.fitBounds(regionBounds(region), { padding: REGION_PADDING, maxZoom: 13 });
  };
  return (
    <>
      <div ref={container} class="map-canvas" />
      <Show when={map()}>
        {(ready) => (
          <>
            <LiveMap map={ready()} region={props.region} areRingsShown={areRingsShown()} />
            <MapControls
              map={ready()}
              region={props.region}
              areRingsShown={areRingsShown()}
              onRings={() => setRingsShown(!areRingsShown())}
              onAll={showAll}
            />
          </>
        )}
      </Show>
      <Show when={!hasBase()}>
        <p class="map-note">{locale.t('map.noBase')}</p>
      </Show>
    </>
  );
}
