import type { Road } from '@pentad/protocol/lane';
import type { Ask } from '@pentad/protocol/subjects';
import type { BrokerKind, DownlinkKind } from '../ports.ts';

/** One open connection to a broker. It ends once and does not come back by itself. */
export interface Line {
  /** Resolves when it is over, however that came. */
  readonly ended: Promise<void>;
  /** From now on the vehicle's downlink is heard on this line. */
  hear(downlink: (kind: DownlinkKind, bytes: Uint8Array) => void): void;
  publish(road: Road, bytes: Uint8Array): Promise<void>;
  ask(ask: Ask | 'hb', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** Also of a line whose other side is silent, within a second. */
  close(): Promise<void>;
}

/** One address under which a broker may be reached. */
export interface Way {
  readonly kind: BrokerKind;
  /** Within five seconds or not at all. */
  open(): Promise<Line>;
}
