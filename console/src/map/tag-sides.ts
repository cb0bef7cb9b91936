import { useUi } from '@pentad/ui/ui-context.tsx';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { createEffect, createSignal, onCleanup, untrack } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { pointOf } from './geojson.ts';
import type { RegionState } from './region-state.ts';
import { placeTags, textWidth, type Box, type Side } from './tag-placement.ts';

const NAME_PX = 13;

const frameOf = (map: MapLibreMap): Box => {
  const { clientWidth, clientHeight } = map.getContainer();
  return { left: 0, top: 0, width: clientWidth, height: clientHeight };
};

/** Where the tags stand now; counted anew when units move and while the map is moved, once a frame at most. */
export function createTagSides(map: MapLibreMap, region: RegionState): (caseId: string) => Side {
  const app = useConsole();
  const { locale } = useUi();
  const [chosen, setChosen] = createSignal<Readonly<Record<string, Side>>>({});
  const nameBoxes = (): readonly Box[] =>
    (app.places.region()?.hospitals ?? []).map((hospital) => {
      const { x, y } = map.project(pointOf(hospital));
      const centers = hospital.centers.length * 23;
      const width = Math.max(textWidth(locale.pick(hospital.nameZh, hospital.nameEn), NAME_PX), centers) + 30;
      return { left: x - 12, top: y - 24, width, height: 52 };
    });
  const count = (): void => {
    const urgentFirst = [...region.cases()].sort((a, b) => Number(b.isUnanswered) - Number(a.isUnanswered));
    const pins = urgentFirst.flatMap((each) => {
      const position = region.unitOf(each.view.vehicle)?.position;
      if (!position) return [];
      const { x, y } = map.project(pointOf(position));
      return [{ key: each.view.caseId as string, x, y, text: `${app.places.callSign(each.view.vehicle)} 00 min` }];
    });
    setChosen((before) => placeTags(pins, nameBoxes(), frameOf(map), before));
  };
  let frame = 0;
  const later = (): void => {
    if (frame === 0)
      frame = requestAnimationFrame(() => {
        frame = 0;
        untrack(count);
      });
  };
  map.on('move', later);
  createEffect(() => {
    for (const each of region.cases()) void region.unitOf(each.view.vehicle)?.position?.latitudeDeg;
    later();
  });
  onCleanup(() => {
    map.off('move', later);
    cancelAnimationFrame(frame);
  });
  const sideOf = (caseId: string): Side => chosen()[caseId] ?? 'right';
  return sideOf;
}
