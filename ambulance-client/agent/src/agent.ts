import { createHash } from 'node:crypto';
import { MAX_MEDIA_BYTES } from '@pentad/protocol/media';
import type { HelloAnswer } from '@pentad/protocol/ask';
import { AgentError, codeOf } from './agent-error.ts';
import { agentStatus } from './agent-status.ts';
import type { Agent, AgentLimits, AgentOptions } from './agent-types.ts';
import { brokerHearing } from './broker-hearing.ts';
import { CaseBook } from './cases/case-book.ts';
import { CaseScreens } from './cases/case-screen.ts';
import { CrewActs } from './cases/crew-acts.ts';
import { Downlink } from './cases/downlink.ts';
import { JobCards } from './cases/job-cards.ts';
import { OwnEvents } from './cases/own-events.ts';
import { pressVehicleState, vehicleStatesOf } from './cases/press-vehicle-state.ts';
import { ItemMaker } from './journal/item-maker.ts';
import { JournalDesk } from './journal/journal-desk.ts';
import { JournalKeeper } from './journal/journal-keeper.ts';
import { Conversation } from './link/conversation.ts';
import { JwtRenewal } from './link/jwt-renewal.ts';
import { LinkState } from './link/link-state.ts';
import { ServerClock } from './link/server-clock.ts';
import { perLane } from './ports.ts';
import { ReceiptDesk } from './uplink/receipt-desk.ts';
import { SecondPathRunner } from './uplink/second-path-runner.ts';
import { UplinkEngine } from './uplink/uplink-engine.ts';
import { Upkeep } from './upkeep.ts';

export const defaultLimits: AgentLimits = {
  window: 64,
  liveWithinMs: 3_000,
  pubAckTimeoutMs: 10_000,
  receiptTimeoutMs: 20_000,
  maxJournalBytes: 1_024 * 1_024 * 1_024,
  keepReceiptedMs: 72 * 3_600_000,
};

/** Puts one vehicle's agent together from its ports. Many may live in one process. */
export function createAgent(options: AgentOptions): Agent {
  const { credentials, clock, timers, random, log, broker, secondPath } = options;
  const { vehicle } = credentials;
  const limits = { ...defaultLimits, ...options.limits };
  const bootId = Buffer.from(random(8)).toString('hex');
  const journal = new JournalKeeper(options.shelf, log, vehicle);
  const serverClock = new ServerClock(clock);
  const serverNowMs = () => serverClock.serverNowMs();
  const link = new LinkState(clock);
  const maker = new ItemMaker({ vehicle, bootId, clock, serverClock });
  const book = new CaseBook(journal, log);
  const own = new OwnEvents(journal, vehicle);
  const jobCards = new JobCards({
    vehicle,
    epoch: () => journal.epoch,
    journal,
    book,
    clock,
    random,
    log,
    broker,
    secondPath,
  });
  const screens = new CaseScreens({ journal, book, own, clock, bootId, serverNowMs });
  const shared = { vehicle, clock, timers, random, log };
  const epoch = () => journal.epoch;
  let isSecondEpoch = false;
  let isHearingHello = false;

  const engine: UplinkEngine = new UplinkEngine({
    ...shared,
    journal,
    broker,
    limits,
    declareUnreadable: (lane, seqs) => desk.declareUnreadable(lane, seqs),
    published: (lane, seq) => {
      if (lane === 'evt') own.sent(seq, Math.round(clock.nowMs()));
    },
  });
  const desk = new JournalDesk({
    journal,
    maker,
    log,
    maxBytes: limits.maxJournalBytes,
    appended: (items) => {
      own.appended(items);
      engine.appended(items);
    },
    settled: (lane, ranges) => engine.settled(lane, ranges),
  });
  const receipts = new ReceiptDesk({
    vehicle,
    journal,
    log,
    serverNowMs,
    settled: (lane, ranges) => engine.settled(lane, ranges),
    horizonChanged: () => {
      book.clear();
      engine.reload();
      downlink.restart();
    },
    journalIsBehind: () => {
      // A pushed receipt is only a hint; what the hello answers is what the server holds.
      if (isHearingHello) journal.startNewEpoch();
      conversation.sayHello();
    },
  });
  const conversation: Conversation = new Conversation({
    ...shared,
    epoch,
    bootId,
    broker,
    link,
    serverClock,
    waiting: () => perLane((lane) => engine.queue(lane).waiting),
    highest: () => perLane((lane) => engine.queue(lane).highest),
    downlinkAfter: () => book.cursor,
    hello: (answer) => hearHello(answer),
  });
  const downlink: Downlink = new Downlink({
    ...shared,
    epoch,
    book,
    ask: (after) => conversation.askDownlink(after),
  });
  const acts = new CrewActs({
    ...shared,
    book,
    own,
    findings: (caseId) => options.rules?.findings(screens.state(caseId), clock.nowMs()) ?? [],
    journal: (event) => desk.append([maker.event(event)])[0]?.seq ?? 0,
  });
  const secondPathRunner = new SecondPathRunner({
    ...shared,
    link,
    path: secondPath,
    oldestEvent: () => engine.queue('evt').oldestWaiting,
    events: (atMost) => engine.waitingEvents(atMost),
    media: () => engine.waitingMedia(),
    sent: (seqs) => seqs.forEach((seq) => own.sent(seq, Math.round(clock.nowMs()))),
    receipt: (receipt) => receipts.apply(receipt),
    downlinkAfter: () => book.cursor,
    page: (page) => downlink.applyPage(page),
  });
  const renewal = new JwtRenewal({ ...shared, credentials, secondPath, serverNowMs });
  const upkeep = new Upkeep({
    timers,
    log,
    journal,
    desk,
    engine,
    conversation,
    receipts,
    book,
    downlink,
    jobCards,
    own,
    secondPathRunner,
    serverNowMs,
    keepReceiptedMs: limits.keepReceiptedMs,
  });

  function hearHello(answer: HelloAnswer): void {
    isSecondEpoch = answer.isSecondEpoch;
    if (isSecondEpoch) log.error('agent.second-epoch');
    isHearingHello = true;
    try {
      receipts.noteHorizon(answer.horizon);
      for (const receipt of answer.receipts) receipts.apply(receipt);
    } finally {
      isHearingHello = false;
    }
    engine.offerEarlierAgain();
    downlink.noteHead(answer.downlinkN);
  }

  journal.onReplaced(() => {
    desk.declareMissing();
    book.reload();
    jobCards.reload();
    own.reload();
    engine.reload();
    // A journal begun anew may have another epoch: the server must hear it before it can answer it.
    conversation.sayHello();
  });

  return {
    vehicle,
    start: () => {
      desk.declareMissing();
      upkeep.start();
      secondPathRunner.start();
      renewal.start();
      broker.start(brokerHearing({ link, conversation, engine, downlink, receipts, secondPathRunner, log }));
    },
    stop: async () => {
      upkeep.stop();
      renewal.stop();
      secondPathRunner.stop();
      downlink.linkDown();
      conversation.linkDown();
      engine.stop();
      await broker.stop().catch((error: unknown) => log.warn('link.stop-failed', { code: codeOf(error) }));
      journal.close();
    },
    status: () =>
      agentStatus({
        credentials,
        clock,
        bootId,
        journal,
        engine,
        link,
        broker,
        serverClock,
        refusedReceipts: receipts.refusedCount,
        refusedDownlinks: downlink.refusedCount,
        declaredGaps: desk.declaredGaps,
        setAsideCount: journal.setAsideCount,
        isStorageShort: desk.isStorageShort,
        isSecondEpoch,
      }),
    capture: (samples) => {
      if (samples.length === 0) return;
      desk.append(samples.map((sample) => maker.telemetry(sample)));
      options.rules?.observe(samples);
    },
    addMedia: (input) => {
      const sha256 = createHash('sha256').update(input.content).digest('hex');
      const drafts = maker.media(input, sha256, engine.pieceBytesOf(input.content.length));
      if (drafts.length === 0 || input.content.length > MAX_MEDIA_BYTES) throw new AgentError('invalid', 'media.size');
      desk.append(drafts);
      return sha256;
    },
    openCase: (input) => acts.openCase(input),
    recordEvent: (caseId, input) => acts.recordEvent(caseId, input),
    requestPreAlert: (caseId, input) => acts.requestPreAlert(caseId, input),
    pressVehicleState: (caseId, input) =>
      pressVehicleState(
        {
          state: (of) => screens.state(of),
          record: (of, event) => acts.recordEvent(of, event),
          uuid: () => acts.newId(),
          nowMs: () => clock.nowMs(),
        },
        caseId,
        input,
      ),
    listCases: () => screens.list(),
    showCase: (caseId) => {
      if (!book.has(caseId) && !own.caseIds().has(caseId)) throw new AgentError('not-found', 'case.not-found');
      const screen = screens.show(caseId);
      const jobCard = jobCards.shown(caseId);
      const vehicleStates = vehicleStatesOf(screen.state);
      return {
        ...screen,
        jobCard,
        vehicleStates,
        findings: options.rules?.findings(screen.state, clock.nowMs()) ?? [],
      };
    },
  };
}
