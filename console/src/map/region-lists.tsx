import { vitalTermMs } from '@pentad/protocol/vitals';
import { Badge } from '@pentad/ui/badge.tsx';
import { Age } from '@pentad/ui/age.tsx';
import { formatTime } from '@pentad/ui/format';
import { markOf, priorityOf } from '@pentad/ui/priority';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { For, Show } from 'solid-js';
import { standingOf } from '../cases/desk-target.ts';
import { hasArrived } from '../cases/arrival.tsx';
import { whatIs } from '../cases/patient-words.ts';
import { StandingWords } from '../cases/answer-state.tsx';
import { useConsole } from '../console-context.tsx';
import type { RegionCase, RegionState } from './region-state.ts';

function CaseRow(props: { each: RegionCase; region: RegionState }) {
  const app = useConsole();
  const { locale } = useUi();
  const view = () => props.each.view;
  const arrival = () => {
    const now = props.region.arrival(view());
    return now.kind === 'minutes' && !hasArrived(view()) ? now : null;
  };
  const noMinutes = () => {
    if (hasArrived(view())) return locale.label('status', view().status);
    return props.region.arrival(view()).kind === 'at-the-door' ? locale.t('list.atDoor') : '—';
  };
  return (
    <tr
      aria-selected={props.region.selectedCaseId() === view().caseId}
      onClick={() => props.region.select(view().caseId)}
    >
      <td>
        <Badge specialty={props.each.specialty} />
      </td>
      <td>
        {whatIs(view(), locale)}
        <small>
          <Show when={props.each.tier}>
            {(tier) => (
              <span class={`tier-words is-${priorityOf[tier()]}`}>
                {markOf[priorityOf[tier()]]} {locale.label('tier', tier())} ·{' '}
              </span>
            )}
          </Show>
          {app.places.callSign(view().vehicle)}
        </small>
      </td>
      <td>
        {view().destination === null ? '—' : app.places.hospitalName(view().destination?.hospitalId ?? '')}
        <small>
          <Show when={props.each.ask} fallback={locale.label('status', view().status)}>
            {(ask) => (
              <span classList={{ 'is-asked': standingOf(ask()) === 'unanswered' }}>
                <StandingWords ask={ask()} />
              </span>
            )}
          </Show>
        </small>
      </td>
      <td class="num">
        <Show when={arrival()} fallback={<span class="quiet">{noMinutes()}</span>}>
          {(known) => (
            <>
              <b class="lg">{known().minutes}</b> <span class="cap quiet">min</span>
              <small>{formatTime(known().atMs, 'minutes')}</small>
            </>
          )}
        </Show>
      </td>
    </tr>
  );
}

export function CaseTable(props: { region: RegionState }) {
  const { locale } = useUi();
  return (
    <table class="table">
      <thead>
        <tr>
          <th colSpan={2}>{locale.t('list.problemUnit')}</th>
          <th>{locale.t('list.centerState')}</th>
          <th class="num">{locale.t('list.arrival')}</th>
        </tr>
      </thead>
      <tbody>
        <For
          each={props.region.cases()}
          fallback={
            <tr>
              <td colSpan={4} class="quiet">
                {locale.t('region.noCases')}
              </td>
            </tr>
          }
        >
          {(each) => <CaseRow each={each} region={props.region} />}
        </For>
      </tbody>
    </table>
  );
}

export function UnitTable(props: { region: RegionState }) {
  const app = useConsole();
  const { locale } = useUi();
  const caseOf = (vehicle: string) => props.region.cases().find((each) => each.view.vehicle === vehicle);
  const heard = (vehicle: string) => props.region.unitOf(vehicle)?.lastHeardAtMs ?? null;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{locale.t('list.unit')}</th>
          <th>{locale.t('list.plate')}</th>
          <th>{locale.t('list.task')}</th>
          <th class="num">{locale.t('list.heard')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={app.places.region()?.vehicles}>
          {(vehicle) => (
            <tr
              onClick={() => {
                const found = caseOf(vehicle.vehicle);
                if (found) props.region.select(found.view.caseId);
              }}
            >
              <td>
                <b>{locale.pick(vehicle.callSignZh, vehicle.callSignEn)}</b>
              </td>
              <td>{vehicle.plate}</td>
              <td>
                <Show when={caseOf(vehicle.vehicle)} fallback={<span class="quiet">{locale.t('unit.free')}</span>}>
                  {(found) => whatIs(found().view, locale)}
                </Show>
              </td>
              <td class="num">
                <Show when={heard(vehicle.vehicle)} fallback="—">
                  {(at) => <Age atMs={at()} termMs={vitalTermMs.streamed} />}
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

export function CenterTable(props: { region: RegionState }) {
  const app = useConsole();
  const { locale } = useUi();
  const coming = (hospitalId: string) =>
    props.region.cases().filter((each) => each.view.destination?.hospitalId === hospitalId);
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{locale.t('list.hospital')}</th>
          <th class="num">{locale.t('list.coming')}</th>
          <th class="num">{locale.t('standing.nobody')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={app.places.region()?.hospitals}>
          {(hospital) => (
            <tr>
              <td>
                <b>{locale.pick(hospital.nameZh, hospital.nameEn)}</b>
                <small>
                  <For each={hospital.desks}>
                    {(desk) => (
                      <span class="line">
                        {locale.pick(desk.nameZh, desk.nameEn)} {desk.phone}
                      </span>
                    )}
                  </For>
                </small>
              </td>
              <td class="num">{coming(hospital.hospitalId).length}</td>
              <td class="num">{coming(hospital.hospitalId).filter((each) => each.isUnanswered).length}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
