import { useUi } from '@pentad/ui/ui-context.tsx';
import { CaseTable, CenterTable, UnitTable } from './region-lists.tsx';
import type { RegionState } from './region-state.ts';

/** All that the map tells, as tables. */
export function ListView(props: { region: RegionState }) {
  const { locale } = useUi();
  return (
    <div class="list-view">
      <p class="banner sound">{locale.t('map.noWebGl')}</p>
      <section class="panel">
        <header class="panel-head">
          <h2>{locale.t('list.cases')}</h2>
        </header>
        <CaseTable region={props.region} />
      </section>
      <section class="panel">
        <header class="panel-head">
          <h2>{locale.t('list.units')}</h2>
        </header>
        <UnitTable region={props.region} />
      </section>
      <section class="panel">
        <header class="panel-head">
          <h2>{locale.t('list.centers')}</h2>
        </header>
        <CenterTable region={props.region} />
      </section>
    </div>
  );
}
