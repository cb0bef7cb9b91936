import { topicOf } from '@pentad/protocol/console-feed';
import { createEffect, onCleanup, untrack, type Accessor } from 'solid-js';
import { deskTargets, standingOf, type DeskTarget } from '../cases/desk-target.ts';
import type { ConsoleLink } from './connect.ts';

const confirmation = (ask: DeskTarget, stage: 'delivered' | 'displayed') =>
  ({
    type: 'confirm',
    deskId: ask.target.deskId,
    caseId: ask.view.caseId,
    preAlertId: ask.preAlert.preAlertId,
    targetId: ask.target.targetId,
    stage,
  }) as const;

/** 已送达: this desk's page holds the frame. Said once per link, again after a reconnect while the row is missing. */
export function makeDelivered(ports: { readonly link: ConsoleLink; readonly deskId: Accessor<string | null> }): void {
  const said = new Set<string>();
  onCleanup(ports.link.onOpen(() => said.clear()));
  createEffect(() => {
    const deskId = ports.deskId();
    if (deskId === null || ports.link.state() !== 'live') return;
    const cases = Object.values(ports.link.store.held.topics[topicOf.desk(deskId)]?.cases ?? {});
    const missing = deskTargets(cases, deskId).filter(
      (ask) => ask.target.deliveredAtMs === null && standingOf(ask) !== 'over',
    );
    for (const ask of missing) {
      if (said.has(ask.target.targetId)) continue;
      if (untrack(() => ports.link.send(confirmation(ask, 'delivered')))) said.add(ask.target.targetId);
    }
  });
}

/**
 * 已显示: this card was painted on a visible page that can sound. Two frames, because the first callback runs
 * before the paint.
 */
export function makeDisplayed(ports: {
  readonly link: ConsoleLink;
  readonly ask: Accessor<DeskTarget>;
  readonly isMine: Accessor<boolean>;
  readonly canSound: Accessor<boolean>;
  readonly isVisible: Accessor<boolean>;
}): void {
  createEffect(() => {
    const ask = ports.ask();
    const isDue = ask.target.displayedAtMs === null && standingOf(ask) !== 'over';
    if (!isDue || !ports.isMine() || !ports.canSound() || !ports.isVisible() || ports.link.state() !== 'live') return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => void ports.link.send(confirmation(ask, 'displayed')));
    });
    onCleanup(() => cancelAnimationFrame(frame));
  });
}
