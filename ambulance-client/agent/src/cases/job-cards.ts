import { JobAnswer } from '@pentad/protocol/ask';
import { isOver } from '@pentad/protocol/case-reading';
import { JobCardText } from '@pentad/protocol/dispatch-job';
import { CaseId, type Epoch, type VehicleId } from '@pentad/protocol/ids';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import * as v from 'valibot';
import { AgentError, codeOf } from '../agent-error.ts';
import type { JobCardShown } from '../agent-types.ts';
import { Backoff } from '../link/backoff.ts';
import type { BrokerLink, Clock, Journal, Log, Random, SecondPath } from '../ports.ts';
import type { CaseBook } from './case-book.ts';

const CARD_PREFIX = 'job-card:';
const ASK_TIMEOUT_MS = 4_500;
/** An empty answer is asked for again: the case may have been closed for a moment only in the answer's eyes. */
const AGAIN = { firstMs: 2_000, capMs: 30_000 } as const;

const StoredCard = v.object({ caseId: CaseId, caseSeq: v.number(), card: JobCardText });
type StoredCard = v.InferOutput<typeof StoredCard>;

export interface JobCardPorts {
  readonly vehicle: VehicleId;
  readonly epoch: () => Epoch;
  readonly journal: Journal;
  readonly book: CaseBook;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly broker: BrokerLink;
  readonly secondPath: SecondPath;
}

interface Asking {
  readonly backoff: Backoff;
  nextAtMs: number;
  tries: number;
}

/**
 * The address, the caller and the words of a job: never in an event frame, so asked for when the log says that there is
 * a job, or a newer telling of it. Kept encrypted in the journal like the case, and gone with it.
 */
export class JobCards {
  readonly #ports: JobCardPorts;
  readonly #cards = new Map<CaseId, StoredCard>();
  readonly #asking = new Map<CaseId, Asking>();
  #isAsking = false;

  constructor(ports: JobCardPorts) {
    this.#ports = ports;
    this.reload();
  }

  reload(): void {
    const { journal, log } = this.#ports;
    this.#cards.clear();
    for (const key of journal.keptKeys()) {
      if (!key.startsWith(CARD_PREFIX)) continue;
      const reading = journal.kept(key);
      const text = reading.kind === 'item' ? Buffer.from(reading.bytes).toString('utf8') : '';
      const read = v.safeParse(v.pipe(v.string(), v.parseJson(), StoredCard), text);
      // One that cannot be read is asked for again.
      if (read.success) this.#cards.set(read.output.caseId, read.output);
      else log.warn('job-card.document-unreadable');
    }
  }

  /** null: the case has no job. A card that is not there yet, or that a newer telling has overtaken, says so. */
  shown(caseId: CaseId): JobCardShown | null {
    const toldSeq = this.#toldSeq(caseId);
    if (toldSeq === null) return null;
    const kept = this.#cards.get(caseId);
    return { card: kept?.card ?? null, isLatest: kept !== undefined && kept.caseSeq >= toldSeq };
  }

  /** Regularly: drops the cards of cases that are gone, and asks for one that is missing or overtaken. */
  tick(): void {
    this.#dropGone();
    if (this.#isAsking) return;
    const nowMs = this.#ports.clock.monotonicMs();
    const wanted = this.#ports.book.caseIds().find((caseId) => this.#isWanted(caseId, nowMs));
    if (wanted !== undefined) this.#fetch(wanted);
  }

  #isWanted(caseId: CaseId, nowMs: number): boolean {
    const toldSeq = this.#toldSeq(caseId);
    if (toldSeq === null || isOver(this.#ports.book.prefix(caseId))) return false;
    const isKept = (this.#cards.get(caseId)?.caseSeq ?? 0) >= toldSeq;
    return !isKept && nowMs >= (this.#asking.get(caseId)?.nextAtMs ?? 0);
  }

  /** caseSeq of the last telling of the case's job that came down. */
  #toldSeq(caseId: CaseId): number | null {
    const { timeline } = this.#ports.book.prefix(caseId);
    return timeline.findLast(({ type }) => type === 'dispatch.received')?.caseSeq ?? null;
  }

  #fetch(caseId: CaseId): void {
    const { random, clock, log } = this.#ports;
    const asking = this.#asking.get(caseId) ?? { backoff: new Backoff(random, AGAIN), nextAtMs: 0, tries: 0 };
    asking.tries += 1;
    this.#asking.set(caseId, asking);
    const toldSeq = this.#toldSeq(caseId) ?? 0;
    this.#isAsking = true;
    this.#ask(caseId, asking.tries)
      .then((answer) => {
        if (answer.vehicle !== this.#ports.vehicle || answer.caseId !== caseId)
          throw new AgentError('invalid', 'ask.not-ours');
        if (answer.card === null) throw new AgentError('not-found', 'job-card.none');
        this.#keep({ caseId, caseSeq: toldSeq, card: answer.card });
        this.#asking.delete(caseId);
      })
      .catch((error: unknown) => {
        asking.nextAtMs = clock.monotonicMs() + AGAIN.firstMs + asking.backoff.nextMs();
        log.warn('ask.failed', { ask: 'job', code: codeOf(error) });
      })
      .finally(() => (this.#isAsking = false));
  }

  /** By the broker, and every other try by the second path: a connection that is there may still carry nothing. */
  async #ask(caseId: CaseId, tries: number): Promise<v.InferOutput<typeof JobAnswer>> {
    const { broker, secondPath, vehicle, epoch } = this.#ports;
    if (!broker.isConnected() || tries % 2 === 0) return secondPath.jobCard(caseId);
    const question = Buffer.from(JSON.stringify({ vehicle, epoch: epoch(), caseId }));
    const parsed = parseBoundedJson(await broker.ask('job', question, ASK_TIMEOUT_MS));
    const read = parsed.ok ? v.safeParse(JobAnswer, parsed.value) : null;
    if (!read?.success) throw new AgentError('invalid', 'ask.job-unreadable');
    return read.output;
  }

  #keep(stored: StoredCard): void {
    if (!this.#ports.book.has(stored.caseId)) return;
    this.#ports.journal.keep([[CARD_PREFIX + stored.caseId, Buffer.from(JSON.stringify(stored))]]);
    this.#cards.set(stored.caseId, stored);
  }

  #dropGone(): void {
    const { book, journal } = this.#ports;
    const gone = [...this.#cards.keys()].filter((caseId) => !book.has(caseId));
    if (gone.length === 0) return;
    journal.keep(gone.map((caseId) => [CARD_PREFIX + caseId, null]));
    for (const caseId of gone) {
      this.#cards.delete(caseId);
      this.#asking.delete(caseId);
    }
  }
}
