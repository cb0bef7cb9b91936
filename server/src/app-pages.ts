import { topicOf } from '@pentad/protocol/console-feed';
import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Core } from './app-core.ts';
import { auditActor, REGION_CHAIN } from './audit/audit-entry.ts';
import { writeAudit } from './audit/audit-store.ts';
import { readCaseRecord } from './app-case-record.ts';
import { readCase } from './cases/case-store.ts';
import { readDeskCases, readRegionCases } from './cases/open-case-store.ts';
import { dropPresence, writePresence } from './desks/presence-store.ts';
import { FeedReader } from './events/feed-reader.ts';
import { changesSince, entriesAfter, topicNumbers, type FeedEntry } from './events/feed-store.ts';
import { recheckSession } from './people/read-session.ts';
import { redeemWsTicket } from './people/redeem-ws-ticket.ts';
import { seesRegion, systemActor, type StaffActor } from './platform/actor.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { confirmDisplay } from './pre-alerts/confirm-display.ts';
import { CaseFrames, type CaseRecord } from './ws/case-frames.ts';
import { FeedHub, type CaseVersion } from './ws/feed-hub.ts';
import { PageServer } from './ws/page-server.ts';
import { authorizeSubscription, type Page } from './ws/page.ts';

const ingest = systemActor('ingest');
const api = systemActor('api');
const isOfDesk = ({ topic }: FeedEntry): boolean => topic.startsWith('desk:');
const SESSION_CHECK_MS = 5_000;

export interface Pages {
  readonly hub: FeedHub;
  readonly reader: FeedReader;
  readonly server: PageServer;
  readonly services: readonly Service[];
}

/** Centers a person answers for: those their desks serve. */
function centersOf(core: Core, staff: StaffActor): Set<string> {
  const desks = new Set(staff.desks.map((desk) => desk.deskId));
  const served = core
    .directory()
    .hospitals.flatMap((hospital) => hospital.desks.filter((desk) => desks.has(desk.deskId)));
  return new Set(served.flatMap((desk) => desk.serves.map((specialty) => `${desk.hospitalId}.${specialty}`)));
}

function maySee(core: Core, staff: StaffActor, record: CaseRecord): boolean {
  if (seesRegion(staff.role)) return true;
  const centers = centersOf(core, staff);
  return [...record.access].some((center) => centers.has(center));
}

/** Topics as pages read them: as the reader, so that the row-level policies decide as well. */
async function snapshot(
  core: Core,
  page: Page,
  topic: string,
): Promise<{ n: number; cases: readonly CaseVersion[] } | null> {
  authorizeSubscription(page.staff, topic);
  return core.db.withActor(page.staff, async (tx) => {
    const { clock, ids } = core;
    const entry = {
      chain: REGION_CHAIN,
      ...auditActor(page.staff),
      action: 'feed.subscribed',
      objectId: topic,
      caseId: null,
      purpose: 'care' as const,
    };
    writeAudit(tx, [entry], clock, ids);
    const n = (await topicNumbers(tx, [topic])).get(topic) ?? 0;
    const [kind, id = ''] = topic.split(':');
    if (kind === 'case') {
      const state = await readCase(tx, v.parse(CaseId, id));
      return state ? { n, cases: [state] } : null;
    }
    const states = topic === topicOf.region ? await readRegionCases(tx) : await readDeskCases(tx, id);
    return { n, cases: states };
  });
}

export function createPages(core: Core, allowedOrigins: readonly string[]): Pages {
  const { db, clock, timers, ids, log } = core;
  const people = { db, clock, ids, kind: core.installation.kind };
  const frames = new CaseFrames({
    ladder: core.ladder,
    load: (caseId) => db.withActor(ingest, (tx) => readCaseRecord(tx, caseId, core)),
  });
  const hub = new FeedHub({
    frames,
    log,
    snapshot: (page, topic) => snapshot(core, page, topic),
    entriesAfter: (topic, n) => db.withActor(ingest, (tx) => entriesAfter(tx, topic, n)),
    maySee: (page, views) => maySee(core, page.staff, views.record),
  });
  const reader = new FeedReader({
    source: {
      changes: (cursors, limit) => db.withActor(ingest, (tx) => changesSince(tx, cursors, limit)),
    },
    listener: hub,
    timers,
    log,
    nowMs: () => clock.nowMs(),
  });
  hub.connect(reader);
  core.onFeedHint((numbers) => reader.hint(numbers));
  core.onCaseCommitted((commit) => {
    frames.committed(commit);
    // Desks first: who is rung hears it before who looks on.
    reader.offer(commit.entries.toSorted((a, b) => Number(isOfDesk(b)) - Number(isOfDesk(a))));
  });
  const server = new PageServer({
    hub,
    clock,
    ids,
    log,
    allowedOrigins,
    instanceId: core.instanceId,
    redeemTicket: async (ticket) => {
      const signedIn = await redeemWsTicket(people, ticket);
      return signedIn && { staff: signedIn.actor, sessionKey: signedIn.sessionKey };
    },
    readSession: async (sessionKey) => (await recheckSession(people, sessionKey))?.actor ?? null,
    beat: (page, deskId, isVisible, canSound) => {
      if (!page.staff.desks.some((desk) => desk.deskId === deskId)) return Promise.resolve();
      page.presentDeskId = deskId;
      const { connectionId, staff } = page;
      return db.withActor(api, (tx) =>
        writePresence(tx, { connectionId, deskId, staffId: staff.staffId, isVisible, canSound }),
      );
    },
    leave: (page) =>
      page.presentDeskId === null ? Promise.resolve() : db.withActor(api, (tx) => dropPresence(tx, page.connectionId)),
    confirm: (page, on, deskId, stage) =>
      confirmDisplay({ units: core.units, plans: core.plans }, page.staff, on, deskId, stage),
  });
  const tick = new Repeat({
    name: 'page-tick',
    everyMs: 1_000,
    timers,
    log,
    work: () => {
      hub.tick();
      return Promise.resolve();
    },
  });
  const recheck = new Repeat({
    name: 'session-recheck',
    everyMs: SESSION_CHECK_MS,
    timers,
    log,
    work: () => server.recheckSessions(),
  });
  const sockets: Service = { name: 'sockets', start: () => Promise.resolve(), stop: () => server.stop() };
  return { hub, reader, server, services: [reader, tick, recheck, sockets] };
}
