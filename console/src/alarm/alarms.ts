import type { Clock } from '@pentad/ui/clock';
import { priorityOf, type Priority } from '@pentad/ui/priority';
import type { SoundPlayer } from '@pentad/ui/sound-player';
import { planSound, silentMemory, soundAgain, type SoundCause } from '@pentad/ui/sound-schedule';
import { createEffect, createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import { deskTargets, standingOf, worstFirst, type DeskTarget } from '../cases/desk-target.ts';
import type { ConsoleLink } from '../feed/connect.ts';
import { topicOf } from '@pentad/protocol/console-feed';

const PAUSE_MS = 120_000;

export interface Alarms {
  /** Unanswered asks of my desks, worst first, advice included. */
  readonly unanswered: Accessor<readonly DeskTarget[]>;
  /** Those of them that ring: 一级 and 二级. */
  readonly ringing: Accessor<readonly DeskTarget[]>;
  readonly pausedUntilMs: Accessor<number | null>;
  /** Silences what rings now for two minutes; what begins to ring later is heard. A second press ends it. */
  readonly togglePause: () => void;
}

interface AlarmPorts {
  readonly link: ConsoleLink;
  readonly deskIds: Accessor<readonly string[]>;
  readonly isLinkDown: Accessor<boolean>;
  readonly clock: Clock;
  readonly player: SoundPlayer;
}

function createUnanswered(ports: AlarmPorts) {
  const unanswered = createMemo(() =>
    ports
      .deskIds()
      .flatMap((deskId) =>
        deskTargets(Object.values(ports.link.store.held.topics[topicOf.desk(deskId)]?.cases ?? {}), deskId),
      )
      .filter((ask) => standingOf(ask) === 'unanswered')
      .sort(worstFirst),
  );
  return unanswered;
}

const causeOf = (ask: DeskTarget): SoundCause => ({
  key: ask.target.targetId,
  priority: priorityOf[ask.preAlert.tier],
});

/** Light is drawn by the screens; this is the sound of all my desks on whatever page I am, and its pause. */
export function createAlarms(ports: AlarmPorts): Alarms {
  const unanswered = createUnanswered(ports);
  const ringing = createMemo(() => unanswered().filter((ask) => ask.target.isRinging));
  const [pause, setPause] = createSignal<{ untilMs: number; keys: ReadonlySet<string> } | null>(null);
  let memory = silentMemory;

  const causes = createMemo((): readonly SoundCause[] => {
    const advice = unanswered().filter((ask) => ask.preAlert.tier === 'advice');
    const link: readonly SoundCause[] =
      ports.isLinkDown() && ports.deskIds().length > 0 ? [{ key: 'link', priority: 'low' }] : [];
    return [...ringing(), ...advice].map(causeOf).concat(link);
  });
  const look = (): void => {
    const nowMs = ports.clock.exactMs();
    const silenced = pause()?.keys;
    const plan = planSound(
      causes().filter((cause) => !silenced?.has(cause.key)),
      memory,
      nowMs,
    );
    memory = plan.memory;
    if (plan.play) play(plan.play);
  };
  const play = (priority: Priority): void => ports.player.play(priority);

  createEffect(() => {
    const nowMs = ports.clock.nowMs();
    const until = untrack(pause)?.untilMs;
    if (until !== undefined && nowMs >= until) setPause(null);
    if (causes().length === 0) untrack(() => ports.player.silence());
    untrack(look);
  });
  onCleanup(
    ports.link.onRing((targetId) =>
      untrack(() => {
        memory = soundAgain(memory, targetId);
        look();
      }),
    ),
  );
  return {
    unanswered,
    ringing,
    pausedUntilMs: () => pause()?.untilMs ?? null,
    togglePause: () => {
      if (pause()) return setPause(null);
      if (causes().length === 0) return;
      ports.player.silence();
      setPause({ untilMs: ports.clock.nowMs() + PAUSE_MS, keys: new Set(causes().map((cause) => cause.key)) });
    },
  };
}
