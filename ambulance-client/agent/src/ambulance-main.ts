import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { CaseId, uuidV7 } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { AgentError, codeOf } from './agent-error.ts';
import type { Agent } from './agent-types.ts';
import { readOptions, usage, type AmbulanceOptions } from './feed/ambulance-options.ts';
import { chooseVehicle, journalDirOf } from './feed/choose-vehicle.ts';
import { FeedError } from './feed/feed-error.ts';
import type { Bound, Feed, Say } from './feed/feed.ts';
import { ItemCounter, tallyLine } from './feed/item-tally.ts';
import { crew, prepareFeeds } from './feed/start-feeds.ts';
import { systemClock, systemRandom, systemTimers } from './platform/system-ports.ts';
import { journalLanes, type Log } from './ports.ts';
import { openVehicle } from './vehicle.ts';

const MAX_JOURNAL_BYTES = 1_024 * 1_024 * 1_024;
const TELL_EVERY_MS = 3_000;
const DRAIN_WITHIN_MS = 15_000;
const PATIENT_SLOT = 1;

export interface AmbulancePlace {
  readonly root: string;
  readonly dataDir: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const bothOf = (zh: string, en: string): string => `  ${zh} / ${en}\n`;

/** Readings of a patient belong to a case; without one asked for a new one is opened. */
function boundOf(options: AmbulanceOptions): Bound {
  const { wfdb, ecg, mllpPort, caseId } = options;
  const isOfPatient = wfdb.length > 0 || ecg.length > 0 || mllpPort !== null;
  if (caseId === null && !isOfPatient) return { caseId: null, patientSlot: null };
  const id = caseId === null || caseId === 'new' ? uuidV7(systemClock.nowMs(), systemRandom(10)) : caseId;
  return { caseId: v.parse(CaseId, id), patientSlot: PATIENT_SLOT };
}

/** Opens the new case, or waits until the agent has heard of the one asked for. */
async function enterCase(agent: Agent, options: AmbulanceOptions, { caseId, patientSlot }: Bound): Promise<void> {
  if (caseId === null) return;
  if (options.caseId === null || options.caseId === 'new') {
    const patient = { ageYears: null, ageDays: null, sex: null, gestationDays: null, isPregnant: null };
    const input = { origin: 'dispatch-120', patientSlot, patient, complaintCodes: [], specialty: null } as const;
    agent.openCase({ caseId, actor: crew, ...input });
    return;
  }
  for (let tries = 0; tries < 25; tries += 1) {
    if (agent.listCases().some((line) => line.caseId === caseId)) return;
    await wait(200);
  }
  throw new FeedError(`this vehicle knows no case ${caseId}`);
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Until all recordings ended, the time is over, or Ctrl-C. */
async function untilOver(feeds: readonly Feed[], limitMs: number | null, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const ends: Promise<unknown>[] = [Promise.all(feeds.map(({ done }) => done)), whenAborted(signal)];
  if (limitMs !== null) ends.push(wait(limitMs, null, { signal: over.signal }).catch(() => undefined));
  try {
    await Promise.race(ends);
  } finally {
    over.abort();
    await Promise.all(feeds.map((feed) => feed.stop()));
  }
}

const waitingOf = (agent: Agent): number => {
  const { waiting } = agent.status();
  return journalLanes.reduce((sum, lane) => sum + waiting[lane], 0);
};

async function drain(agent: Agent, signal: AbortSignal): Promise<void> {
  const untilMs = systemClock.monotonicMs() + DRAIN_WITHIN_MS;
  while (waitingOf(agent) > 0 && !signal.aborted && systemClock.monotonicMs() < untilMs) await wait(100);
}

async function run(options: AmbulanceOptions, place: AmbulancePlace): Promise<void> {
  const tell = options.isJson ? place.err : place.out;
  const say: Say = ({ zh, en }) => tell(bothOf(zh, en));
  const vehicleDir = chooseVehicle(options.vehicleDir, join(place.dataDir, 'vehicles'));
  const bound = boundOf(options);
  const runPlace = {
    demoDir: join(place.root, 'fixtures/demo'),
    recordingsDir: join(place.root, 'fixtures/recordings'),
    zoneOffsetMinutes: -new Date().getTimezoneOffset(),
  };
  const starts = prepareFeeds(options, runPlace, bound, say);

  const counter = new ItemCounter();
  const quiet: Log = { info: () => undefined, warn: () => undefined, error: (code) => tell(`  ! ${code}\n`) };
  const log = counter.listening(quiet);
  const { natsUrl, serverUrl } = options;
  const opened = openVehicle({
    vehicleDir,
    journalDir: journalDirOf(vehicleDir),
    natsUrl,
    natsCaFile: null,
    serverUrl,
    maxJournalBytes: MAX_JOURNAL_BYTES,
    log,
  });
  const agent = counter.counting(opened.agent);
  const ports = { agent, gate: opened.gate, clock: systemClock, timers: systemTimers, random: systemRandom, log, say };
  const startedMs = systemClock.monotonicMs();
  agent.start();
  const teller = setInterval(() => tell(`  ${tallyLine(counter.tally(agent.status()))}\n`), TELL_EVERY_MS);
  try {
    await enterCase(agent, options, bound);
    const { vehicle, callSign } = agent.status();
    tell(bothOf(`车辆 ${callSign} ${vehicle}`, `vehicle ${vehicleDir}, case ${bound.caseId ?? '—'}, to ${serverUrl}`));
    const feeds: Feed[] = [];
    try {
      for (const start of starts) feeds.push(await start(ports));
    } catch (error) {
      await Promise.all(feeds.map((feed) => feed.stop()));
      throw error;
    }
    await untilOver(feeds, options.pace.limitMs, place.signal);
    if (place.signal.aborted) tell(bothOf('正在停止', 'stopping'));
    else await drain(agent, place.signal);
  } finally {
    clearInterval(teller);
    const status = agent.status();
    const lanes = counter.tally(status);
    await agent.stop();
    tell(`  ${tallyLine(lanes)}\n`);
    const waiting = journalLanes.reduce((sum, lane) => sum + lanes[lane].waiting, 0);
    if (waiting > 0)
      tell(
        bothOf(
          `${waiting} 条在日志中等待,下次运行时发送`,
          `${waiting} items wait in the journal, sent at the next run`,
        ),
      );
    const seconds = (systemClock.monotonicMs() - startedMs) / 1_000;
    const { vehicle, rung, link } = status;
    if (options.isJson)
      place.out(
        `${JSON.stringify({ vehicle, vehicleDir, caseId: bound.caseId, seconds, rung, link, lanes }, null, 2)}\n`,
      );
  }
}

/**
 * Called by scripts/ambulance.mjs.
 * @returns the exit code: 0, 1 for what failed on the way, 2 for what was asked wrongly
 * @public
 */
export async function runAmbulance(argv: readonly string[], place: AmbulancePlace): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(argv);
    if (options === 'help') place.out(usage);
    else await run(options, place);
    return 0;
  } catch (error) {
    if (error instanceof FeedError) {
      place.err(`  ✗ ${error.message}\n    npm run ambulance -- --help\n`);
      return 2;
    }
    place.err(
      `  ✗ ${codeOf(error)}${error instanceof AgentError ? '' : ` ${error instanceof Error ? (error.stack ?? '') : ''}`}\n`,
    );
    return 1;
  }
}
