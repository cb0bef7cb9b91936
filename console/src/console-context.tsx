import { uuidV7 } from '@pentad/protocol/ids';
import type { Region, Session } from '@pentad/protocol/http-api';
import { createClock } from '@pentad/ui/clock';
import { createLocale, type Lang } from '@pentad/ui/locale';
import { createSoundPlayer, type SoundPlayer } from '@pentad/ui/sound-player';
import type { Ui } from '@pentad/ui/ui-context.tsx';
import {
  createContext,
  createEffect,
  createMemo,
  createSignal,
  on,
  untrack,
  useContext,
  type Accessor,
  type JSX,
} from 'solid-js';
import { createAlarms, type Alarms } from './alarm/alarms.ts';
import { createAnswers, type Answers } from './cases/answers.ts';
import { createPlaces, type Places } from './cases/places.ts';
import { makeDelivered } from './feed/confirm.ts';
import { api, type Api } from './feed/api.ts';
import { createConsoleLink, type ConsoleLink } from './feed/connect.ts';
import { makePresence, type Presence } from './feed/presence.ts';
import { createSessionKeeper, type SessionKeeper } from './feed/session.ts';
import { createMyDesks, type MyDesks } from './shell/my-desks.ts';

/** The page's composition root: made once, handed down, nothing global. */
export interface Console {
  readonly ui: Ui;
  readonly api: Api;
  readonly sessions: SessionKeeper;
  readonly session: Accessor<Session | null>;
  readonly link: ConsoleLink;
  readonly places: Places;
  readonly player: SoundPlayer;
  readonly alarms: Alarms;
  readonly answers: Answers;
  readonly desks: MyDesks;
  readonly presence: Presence;
  /** No answer is taken: the page does not know what it would be answering. */
  readonly isLinkDown: Accessor<boolean>;
}

const LANGUAGE_KEY = 'pentad.language';

const storedLanguage = (): Lang => (localStorage.getItem(LANGUAGE_KEY) === 'en' ? 'en' : 'zh-CN');

function createUi(): Ui {
  const locale = createLocale(storedLanguage());
  createEffect(() => {
    document.documentElement.lang = locale.lang();
    localStorage.setItem(LANGUAGE_KEY, locale.lang());
  });
  return { locale, clock: createClock() };
}

const newOpId = (): string => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

function createRegion(session: Accessor<Session | null>, link: ConsoleLink): Accessor<Region | null> {
  const [region, setRegion] = createSignal<Region | null>(null);
  const fetchRegion = async (): Promise<void> => {
    const result = await api.region();
    if (!result.ok) return;
    setRegion(result.value);
    link.store.seedUnits(result.value.units);
  };
  createEffect(
    on([() => session()?.staffId, link.state], () => {
      if (session() && region() === null) void fetchRegion();
    }),
  );
  return region;
}

export function createConsole(): Console {
  const ui = createUi();
  const sessions = createSessionKeeper(api);
  const { session } = sessions;
  const { clock } = ui;
  const link = createConsoleLink({ api, syncClock: clock.sync, nowMs: clock.exactMs });
  const isLinkDown = createMemo(
    () => link.state() === 'down' && clock.nowMs() - (link.lastHeardAtMs() ?? clock.nowMs()) > 2_000,
  );
  const player = createSoundPlayer();
  const desks = createMyDesks(session, link);
  const alarms = createAlarms({ link, deskIds: desks.ids, isLinkDown, clock, player });
  const presence = makePresence({ link, deskId: desks.onDuty, canSound: player.canSound, nowMs: clock.exactMs });
  makeDelivered({ link, deskId: desks.onDuty });
  createEffect(
    on(
      () => session()?.staffId,
      (staffId) => (staffId ? link.start() : link.stop()),
    ),
  );
  createEffect(() => link.state() === 'signed-out' && sessions.lost());
  return {
    ui,
    api,
    sessions,
    session,
    link,
    places: createPlaces(createRegion(session, link), ui.locale),
    player,
    alarms,
    answers: createAnswers(api, link.store, newOpId),
    desks,
    presence,
    isLinkDown,
  };
}

const ConsoleContext = createContext<Console>();

export function ConsoleProvider(props: { console: Console; children: JSX.Element }) {
  return <ConsoleContext.Provider value={untrack(() => props.console)}>{props.children}</ConsoleContext.Provider>;
}

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (!found) throw new Error('ConsoleProvider is missing');
  return found;
}
