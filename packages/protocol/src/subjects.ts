import { isRoad, laneOf, roads, type Lane, type Road } from './lane.ts';

/** broker.md: vehicles publish `up` in FLEET, CORE maps it to `in.<shard>`, servers publish `dn`. */
export const SHARD_COUNT = 16;
export const asks = ['time', 'hello', 'held', 'downlink', 'job'] as const;
export type Ask = (typeof asks)[number];

export const upSubject = (vehicle: string, road: Road): string => `pentad.v1.up.${vehicle}.${road}`;
export const heartbeatSubject = (vehicle: string): string => `pentad.v1.up.${vehicle}.hb`;
export const askSubject = (vehicle: string, ask: Ask): string => `pentad.v1.up.${vehicle}.ask.${ask}`;
export const receiptSubject = (vehicle: string): string => `pentad.v1.dn.${vehicle}.rcpt`;
export const caseSubject = (vehicle: string): string => `pentad.v1.dn.${vehicle}.case`;
export const inSubject = (shard: number, vehicle: string, road: Road): string =>
  `pentad.v1.in.${shard}.${vehicle}.${road}`;

export const serverSubjects = {
  heartbeats: 'pentad.v1.up.*.hb',
  asks: 'pentad.v1.up.*.ask.*',
} as const;

/** What is stored of one shard's traffic on one road. */
export interface StreamPlan {
  readonly name: string;
  readonly road: Road;
  readonly shard: number;
}

export const streamName = (road: Road, shard: number): string => `${road.toUpperCase()}-${shard}`;

/**
 * One stream a road and shard, each with one consumer that takes all of it: a filtered consumer reads past every message
 * of the other shards (nats-server 2.9.10 and later: 80 us of the broker a message instead of 24). Each road has its own
 * limit, so that a backlog can never fill what live numerics need.
 */
export const streamPlansOf = (shard: number): readonly StreamPlan[] =>
  roads.map((road) => ({ name: streamName(road, shard), road, shard }));

export const streamPlans: readonly StreamPlan[] = Array.from({ length: SHARD_COUNT }, (_, shard) =>
  streamPlansOf(shard),
).flat();

export const streamSubject = ({ road, shard }: StreamPlan): string => `pentad.v1.in.${shard}.*.${road}`;

export interface IngestSubject {
  readonly shard: number;
  readonly vehicle: string;
  readonly road: Road;
  readonly lane: Lane;
}

/** null: not a subject a stream stores. */
export function readIngestSubject(subject: string): IngestSubject | null {
  const [app, version, direction, shardText, vehicle, road, ...rest] = subject.split('.');
  const shard = Number(shardText);
  if (app !== 'pentad' || version !== 'v1' || direction !== 'in' || rest.length > 0) return null;
  if (String(shard) !== shardText || !Number.isInteger(shard) || shard < 0 || shard >= SHARD_COUNT) return null;
  if (!vehicle || !road || !isRoad(road)) return null;
  return { shard, vehicle, road, lane: laneOf(road) };
}

export interface AskSubject {
  readonly vehicle: string;
  readonly ask: Ask | 'hb';
}

export function readAskSubject(subject: string): AskSubject | null {
  const [app, version, direction, vehicle, kind, ask, ...rest] = subject.split('.');
  if (app !== 'pentad' || version !== 'v1' || direction !== 'up' || !vehicle || rest.length > 0) return null;
  if (kind === 'hb' && ask === undefined) return { vehicle, ask: 'hb' };
  const found = asks.find((name) => name === ask);
  return kind === 'ask' && found ? { vehicle, ask: found } : null;
}
