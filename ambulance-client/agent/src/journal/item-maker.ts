import type { CaseEvent } from '@pentad/protocol/case-event';
import type { VehicleId } from '@pentad/protocol/ids';
import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import { utcDay } from '@pentad/protocol/quantities';
import { MAX_MESSAGE_BYTES } from '@pentad/protocol/lane-item';
import { encodeItem, readItem } from '@pentad/protocol/uplink';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import { AgentError } from '../agent-error.ts';
import type { Capture, MediaInput } from '../agent-types.ts';
import type { ServerClock } from '../link/server-clock.ts';
import type { Clock, Draft, JournalLane } from '../ports.ts';

const lastWireMs = 4_102_444_800_000;
const wireInstant = (ms: number): number => Math.min(Math.max(0, Math.round(ms)), lastWireMs);

/** Gives items their header: the five clocks, the boot, and the day that is decided here once and for all. */
export class ItemMaker {
  readonly #vehicle: VehicleId;
  readonly #bootId: string;
  readonly #clock: Clock;
  readonly #server: ServerClock;

  constructor(options: { vehicle: VehicleId; bootId: string; clock: Clock; serverClock: ServerClock }) {
    this.#vehicle = options.vehicle;
    this.#bootId = options.bootId;
    this.#clock = options.clock;
    this.#server = options.serverClock;
  }

  get bootId(): string {
    return this.#bootId;
  }

  event(event: CaseEvent): Draft {
    const header = this.#header(event.envelope.occurredAtMs);
    return this.#checked('evt', (place) => ({ ...header, ...place, lane: 'evt', event }));
  }

  gap(gap: LaneGap): Draft {
    const header = this.#header(this.#clock.nowMs());
    return this.#checked('evt', (place) => ({ ...header, ...place, lane: 'evt', gap }));
  }

  telemetry(capture: Capture): Draft {
    const header = { ...this.#header(capture.measuredAtMs), patientSlot: capture.patientSlot, caseId: capture.caseId };
    if (capture.lane === 'vit') {
      const { vitals, times } = capture;
      return this.#checked('vit', (place) => ({ ...header, ...place, lane: 'vit', vitals, times }));
    }
    if (capture.lane === 'wav') {
      const { waveform } = capture;
      return this.#checked('wav', (place) => ({ ...header, ...place, lane: 'wav', waveform }));
    }
    const { position } = capture;
    return this.#checked('pos', (place) => ({ ...header, ...place, lane: 'pos', position }));
  }

  /** Pieces of at most `chunkBytes`, in order. @param sha256 hex of the whole content */
  media(
    { caseId, patientSlot, mediaType, content, takenAtMs }: MediaInput,
    sha256: string,
    chunkBytes: number,
  ): Draft[] {
    const header = { ...this.#header(takenAtMs), patientSlot, caseId };
    const drafts: Draft[] = [];
    for (let offset = 0; offset < content.length; offset += chunkBytes) {
      const bytes = content.slice(offset, offset + chunkBytes);
      const media = { sha256, mediaType, totalBytes: content.length, offset, bytes };
      drafts.push(this.#checked('med', (place) => ({ ...header, ...place, lane: 'med', media })));
    }
    return drafts;
  }

  #header(measuredAtMs: number) {
    const capturedAtMs = wireInstant(this.#clock.nowMs());
    const clock = this.#server.now();
    return {
      protocol: PROTOCOL_VERSION,
      vehicle: this.#vehicle,
      // By the server's time where it is known: a vehicle clock in 1970 must not decide the partition.
      day: utcDay(wireInstant(capturedAtMs + (clock?.offsetMs ?? 0))),
      measuredAtMs: wireInstant(measuredAtMs),
      capturedAtMs,
      monotonicMs: Math.round(this.#clock.monotonicMs()),
      bootId: this.#bootId,
      clock,
    };
  }

  /** What the server would refuse is not journalled: the caller hears of it now. */
  #checked(lane: JournalLane, make: Draft['make']): Draft {
    return {
      lane,
      make: (place) => {
        const item: LaneItem = make(place);
        const read = readItem(item, this.#vehicle, lane);
        if (!read.ok) throw new AgentError('invalid', read.code);
        if (encodeItem(item).length > MAX_MESSAGE_BYTES) throw new AgentError('invalid', 'uplink.oversize');
        return item;
      },
    };
  }
}
