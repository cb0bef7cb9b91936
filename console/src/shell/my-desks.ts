import { topicOf } from '@pentad/protocol/console-feed';
import type { Session } from '@pentad/protocol/http-api';
import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { ConsoleLink } from '../feed/connect.ts';

export interface MyDesks {
  readonly ids: Accessor<readonly string[]>;
  readonly isMine: (deskId: string) => boolean;
  /**
   * The desk this page staffs: the board that is shown, or was shown last before a case or the map was opened
   * from it. Its alarm bar and sound go with the person; a page that never showed a board staffs nothing.
   */
  readonly onDuty: Accessor<string | null>;
  readonly show: (deskId: string) => void;
}

export function createMyDesks(session: Accessor<Session | null>, link: ConsoleLink): MyDesks {
  const ids = createMemo(() => session()?.desks.map((desk) => desk.deskId as string) ?? []);
  const [shown, setShown] = createSignal<string | null>(null);
  createEffect(() => {
    const releases = ids().map((deskId) => link.subscribe(topicOf.desk(deskId)));
    onCleanup(() => releases.forEach((release) => release()));
  });
  const onDuty = createMemo(() => {
    const deskId = shown();
    return deskId !== null && ids().includes(deskId) ? deskId : null;
  });
  return { ids, isMine: (deskId) => ids().includes(deskId), onDuty, show: setShown };
}
