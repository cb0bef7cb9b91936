import { specialties } from '@pentad/protocol/center';
import { Badge } from '@pentad/ui/badge.tsx';
import type { TextKey } from '@pentad/ui/locale';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { RegionDetail } from './region-detail.tsx';
import { CaseTable, CenterTable, UnitTable } from './region-lists.tsx';
import type { RegionState } from './region-state.ts';

type List = 'cases' | 'units' | 'centers';
const lists: readonly (readonly [List, TextKey])[] = [
  ['cases', 'list.cases'],
  ['units', 'list.units'],
  ['centers', 'list.centers'],
];

/** Cases under way and those nobody has, of each specialty. */
function BySpecialty(props: { region: RegionState }) {
  const { locale } = useUi();
  const of = (specialty: string) => props.region.cases().filter((each) => each.specialty === specialty);
  const unanswered = (specialty: string) => of(specialty).filter((each) => each.isUnanswered).length;
  return (
    <section class="cen" aria-label={locale.t('region.bySpecialty')}>
      <header>
        <h2>{locale.t('region.bySpecialty')}</h2>
        <span class="grow" />
        <span class="cap quiet">{locale.t('region.bySpecialtyNote')}</span>
      </header>
      <ul>
        <For each={specialties}>
          {(specialty) => (
            <li>
              <Badge specialty={specialty} />
              <b>{of(specialty).length}</b>
              <span classList={{ quiet: unanswered(specialty) === 0, 'is-asked': unanswered(specialty) > 0 }}>
                {unanswered(specialty) === 0
                  ? locale.label('specialty', specialty)
                  : locale.t('region.nobody', { count: unanswered(specialty) })}
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function UnitCount() {
  const app = useConsole();
  const { locale, clock } = useUi();
  const units = () => Object.values(app.link.store.held.units);
  const silent = () =>
    units().filter((unit) => unit.lastHeardAtMs === null || clock.nowMs() - unit.lastHeardAtMs > 60_000).length;
  return (
    <p class="row cap quiet side-foot">
      <span>{locale.t('region.units', { count: units().length, silent: silent() })}</span>
      <span class="grow" />
      <span>
        <span class="kbd">J</span> <span class="kbd">K</span> {locale.t('region.keys')}
      </span>
    </p>
  );
}

export function RegionSide(props: { region: RegionState; hasMap: boolean }) {
  const { locale } = useUi();
  const [list, setList] = createSignal<List>('cases');
  return (
    <aside class="side">
      <Show when={props.region.selected()}>
        {(selected) => <RegionDetail selected={selected()} region={props.region} hasMap={props.hasMap} />}
      </Show>
      <header>
        <h2>{locale.t('region.underWay')}</h2>
        <span class="count">{props.region.cases().length}</span>
        <span class="grow" />
        <span class="seg">
          <For each={lists}>
            {([name, text]) => (
              <button type="button" aria-pressed={list() === name} onClick={() => setList(name)}>
                {locale.t(text)}
              </button>
            )}
          </For>
        </span>
      </header>
      <div class="side-list">
        <Switch>
          <Match when={list() === 'cases'}>
            <CaseTable region={props.region} />
          </Match>
          <Match when={list() === 'units'}>
            <UnitTable region={props.region} />
          </Match>
          <Match when={list() === 'centers'}>
            <CenterTable region={props.region} />
          </Match>
        </Switch>
      </div>
      <BySpecialty region={props.region} />
      <UnitCount />
    </aside>
  );
}
