import { useNavigate } from '@solidjs/router';
import { makeKeys } from '@pentad/ui/keyboard';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { lazy, Show, Suspense } from 'solid-js';
import { AttentionColumn } from './attention-column.tsx';
import { ListView } from './list-view.tsx';
import { RegionSide } from './region-side.tsx';
import { createRegionState } from './region-state.ts';
import { hasWebGl2 } from './webgl-probe.ts';
import './region.css';

const MapView = lazy(async () => ({ default: (await import('./map-view.tsx')).MapView }));

/** What needs me now, where, who and when. Complete without WebGL: the list takes the place of the map. */
export function RegionMapScreen() {
  const { locale } = useUi();
  const navigate = useNavigate();
  const region = createRegionState();
  const hasMap = hasWebGl2();
  const move = (by: 1 | -1) => {
    const all = region.cases();
    const index = all.findIndex((each) => each.view.caseId === region.selectedCaseId());
    const next = all[Math.min(all.length - 1, Math.max(0, index + by))];
    if (next) region.select(next.view.caseId);
  };
  makeKeys(() => ({
    j: () => move(1),
    k: () => move(-1),
    ...(region.selectedCaseId() === null ? {} : { Enter: () => navigate(`/case/${region.selectedCaseId()}`) }),
    ...(hasMap ? { f: () => region.setFollowing(!region.isFollowing()) } : {}),
  }));
  return (
    <main class="shell">
      <Show when={region.refusedCode() === null} fallback={<p class="board-empty">{locale.t('region.refused')}</p>}>
        <AttentionColumn region={region} />
        <section class="map" aria-label={locale.t('nav.map')}>
          <Show when={hasMap} fallback={<ListView region={region} />}>
            <Suspense fallback={<p class="map-note">{locale.t('map.loading')}</p>}>
              <MapView region={region} />
            </Suspense>
          </Show>
        </section>
        <RegionSide region={region} hasMap={hasMap} />
      </Show>
    </main>
  );
}
