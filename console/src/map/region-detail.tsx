import { A } from '@solidjs/router';
import { Badge } from '@pentad/ui/badge.tsx';
import { TierMark } from '@pentad/ui/tier-mark.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import Route from 'lucide-solid/icons/route';
import { Show } from 'solid-js';
import { answerLine } from '../cases/answer-state.tsx';
import { ArrivalFigure } from '../cases/arrival.tsx';
import { whatIs, whoIs } from '../cases/patient-words.ts';
import { VitalRow } from '../cases/vital-row.tsx';
import { useConsole } from '../console-context.tsx';
import type { RegionCase, RegionState } from './region-state.ts';

/** The selected case: who, what, when, where to, who has it. */
export function RegionDetail(props: { selected: RegionCase; region: RegionState; hasMap: boolean }) {
  const app = useConsole();
  const { locale } = useUi();
  const view = () => props.selected.view;
  const destination = () => view().destination ?? null;
  const standing = () => (props.selected.ask ? answerLine(props.selected.ask, locale, app.places.deskName) : '');
  return (
    <>
      <header>
        <Badge specialty={props.selected.specialty} />
        <h2>
          {app.places.callSign(view().vehicle)} · {whoIs(view(), locale)}
        </h2>
        <span class="grow" />
        <Show when={props.selected.tier}>
          {(tier) => <TierMark tier={tier()} isSolid={props.selected.isUnanswered} />}
        </Show>
      </header>
      <div class="detail">
        <p class="lg">
          <b>{whatIs(view(), locale)}</b>
        </p>
        <ArrivalFigure view={view()} estimate={props.region.arrival(view())} />
        <VitalRow view={view()} count={4} />
        <div class="row sm">
          <Route class="ico" aria-hidden="true" />
          <span class="grow">
            <Show when={destination()} fallback={locale.t('destination.none')}>
              {(known) => (
                <>
                  {app.places.hospitalName(known().hospitalId)}
                  <span class="line quiet cap">{locale.label('destinationReason', known().reason)}</span>
                </>
              )}
            </Show>
          </span>
        </div>
        <Show when={standing()}>{(line) => <p class="sm quiet">{line()}</p>}</Show>
        <div class="row detail-acts">
          <Show when={props.hasMap}>
            <button
              type="button"
              class="btn"
              aria-pressed={props.region.isFollowing()}
              onClick={() => props.region.setFollowing(!props.region.isFollowing())}
            >
              {locale.t('map.follow')} <span class="kbd">F</span>
            </button>
          </Show>
          <A class="btn" href={`/case/${view().caseId}`}>
            {locale.t('case.open')} <span class="kbd">↵</span>
          </A>
        </div>
      </div>
    </>
  );
}
