import { acknowledgement, type ConditionCode, type Verdict } from '@pentad/hl7v2/acknowledgement';
import { readMessage, type Message, type MessageHeader, type RefusalCode } from '@pentad/hl7v2/message';
import type { FrameOutcome } from '@pentad/hl7v2/mllp-frame';
import { isForPatients, readMonitorVitals, type MonitorReport } from '@pentad/hl7v2/monitor-vitals';
import type { MonitorSettings } from '@pentad/hl7v2/observation';
import type { Clock, Log } from '../../ports.ts';
import { AnsweredMessages } from './answered-messages.ts';
import type { DeviceClock, DeviceClockReading } from '../device-clock.ts';

/** One message as taken, with the clocks it is to be judged by. Instants in `report` are of the monitor's clock. */
export interface ReceivedReport {
  readonly connection: number;
  readonly report: MonitorReport;
  readonly receivedAtMs: number;
  readonly monotonicMs: number;
  readonly deviceClock: DeviceClockReading;
}

export type UnreadableCode =
  | RefusalCode
  | 'frame.unterminated'
  | 'frame.oversize'
  | 'message.acknowledgement'
  | 'message.type-not-taken'
  | 'message.event-not-taken'
  | 'message.not-production'
  | 'message.no-clock'
  | 'message.nothing-understood'
  | 'message.stray-lines'
  | 'message.failed';

/** For quarantine: the bytes as they came (of an oversize frame its head). They hold patient data. */
export interface UnreadableMessage {
  readonly connection: number;
  readonly code: UnreadableCode;
  readonly content: Uint8Array;
  readonly receivedAtMs: number;
}

export interface DeskCallbacks {
  /** Journals the report before it returns; only then the monitor is told AA. When it throws the monitor is told AE. */
  onReading(reading: ReceivedReport): void;
  /** Keeps what was not read, within the bound the caller sets: monitors may send waveforms many times a second. */
  onUnreadable(message: UnreadableMessage): void;
}

interface Refusal {
  readonly verdict: Verdict;
  readonly condition: ConditionCode;
  readonly code: string;
}

const conditionOf: Record<RefusalCode, ConditionCode> = {
  'message.no-header': '100',
  'message.batch': '200',
  'message.delimiters': '102',
  'message.several': '100',
  'message.several-patients': '100',
  'message.control-id': '101',
  'message.type': '101',
  'message.character-set': '103',
};

const failed = (code: string): Refusal => ({ verdict: 'AE', condition: '207', code });
const refused = (condition: ConditionCode, code: string): Refusal => ({ verdict: 'AR', condition, code });

/** Decides about one message after the other and words the answer; knows no socket. */
export class MessageDesk {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settings: MonitorSettings;
  readonly #callbacks: DeskCallbacks;
  readonly #answered = new AnsweredMessages();
  #answers = 0;

  constructor(clock: Clock, log: Log, settings: MonitorSettings, callbacks: DeskCallbacks) {
    this.#clock = clock;
    this.#log = log;
    this.#settings = settings;
    this.#callbacks = callbacks;
  }

  /** The answer's content. Null: an acknowledgement came in, and those are never acknowledged (two ends would never stop). */
  take(frame: FrameOutcome, connection: number, deviceClock: DeviceClock): Uint8Array | null {
    const reading = readMessage(frame.content);
    const header = reading.ok ? reading.message.header : reading.header;
    if (frame.kind !== 'message') {
      const code = `frame.${frame.kind}` as const;
      this.#quarantine(code, frame.content, connection);
      return this.#answer(header, refused('100', code));
    }
    if (!reading.ok) {
      this.#quarantine(reading.code, frame.content, connection);
      return this.#answer(header, refused(conditionOf[reading.code], reading.code));
    }
    if (reading.message.header.type === 'ACK') {
      this.#quarantine('message.acknowledgement', frame.content, connection);
      return null;
    }
    return this.#answer(header, this.#judge(reading.message, frame.content, connection, deviceClock));
  }

  #judge(message: Message, content: Uint8Array, connection: number, deviceClock: DeviceClock): Refusal | null {
    const { type, event } = message.header;
    if (type !== 'ORU' || event !== 'R01') {
      const code = type === 'ORU' ? 'message.event-not-taken' : 'message.type-not-taken';
      this.#quarantine(code, content, connection);
      return refused(type === 'ORU' ? '201' : '200', code);
    }
    if (!isForPatients(message, this.#settings)) {
      this.#quarantine('message.not-production', content, connection);
      return refused('202', 'message.not-production');
    }
    const key = this.#answered.keyOf(message, content);
    if (key !== null && this.#answered.has(key)) return null;
    const refusal = this.#hand(message, content, connection, deviceClock);
    if (refusal === null && key !== null) this.#answered.add(key);
    return refusal;
  }

  #hand(message: Message, content: Uint8Array, connection: number, deviceClock: DeviceClock): Refusal | null {
    const receivedAtMs = this.#clock.nowMs();
    const monotonicMs = this.#clock.monotonicMs();
    let report: MonitorReport;
    try {
      report = readMonitorVitals(message, this.#settings);
    } catch {
      // A fault of ours, not of the message: it is kept, and may be sent again to a mended reader.
      this.#quarantine('message.failed', content, connection);
      return failed('message.failed');
    }
    if (report.sentAtMs !== null) deviceClock.note(report.sentAtMs);
    const isUnderstood = report.readings.length > 0;
    // Where nobody knows what the monitor's clock is ahead, none of its instants can be brought to ours.
    const clock = deviceClock.reading();
    const untaken = isUnderstood ? (clock === null ? 'message.no-clock' : null) : 'message.nothing-understood';
    const doubt = untaken ?? (message.strayLines > 0 ? 'message.stray-lines' : null);
    if (doubt !== null && !this.#quarantine(doubt, content, connection)) return failed('quarantine.failed');
    if (!isUnderstood) return null;
    if (clock === null) return refused('101', 'message.no-clock');
    try {
      this.#callbacks.onReading({ connection, report, receivedAtMs, monotonicMs, deviceClock: clock });
      return null;
    } catch {
      this.#log.error('hl7-monitor.not-taken', { connection });
      return failed('reading.not-taken');
    }
  }

  #quarantine(code: UnreadableCode, content: Uint8Array, connection: number): boolean {
    this.#log.warn('hl7-monitor.unreadable', { connection, code, bytes: content.length });
    try {
      this.#callbacks.onUnreadable({ connection, code, content, receivedAtMs: this.#clock.nowMs() });
      return true;
    } catch {
      this.#log.error('hl7-monitor.quarantine-failed', { connection, code });
      return false;
    }
  }

  #answer(header: MessageHeader | null, refusal: Refusal | null): Uint8Array {
    this.#answers += 1;
    const nowMs = this.#clock.nowMs();
    return acknowledgement({
      header,
      verdict: refusal?.verdict ?? 'AA',
      error: refusal ? { condition: refusal.condition, code: refusal.code } : null,
      ownControlId: `P${nowMs.toString(36)}-${this.#answers}`,
      nowMs,
    });
  }
}
