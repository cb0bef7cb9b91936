import { isRoad, laneOf, type Lane, type Road } from './lane.ts';

/** broker.md: vehicles publish `up` in FLEET, CORE maps it to `in.<shard>`, servers publish `dn`. */
export const SHARD_COUNT = 16;
export const asks = ['time', 'hello', 'held', 'downlink'] as const;
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

export interface StreamPlan {
  readonly name: string;
  readonly road: Road;
}

/**
 * One stream a road: a consumer's one wildcard filter must be a subset of one stream subject (nats-server 2.9.10),
 * and each road has its own limit, so that a backlog can never fill what live numerics need.
 */
export const streamPlans: readonly StreamPlan[] = [
  { name: 'EVT', road: 'evt' },
  { name: 'VIT', road: 'vit' },
  { name: 'POS', road: 'pos' },
  { name: 'BKV', road: 'bkv' },
  { name: 'BKP', road: 'bkp' },
];

export const streamSubject = (plan: StreamPlan): string => `pentad.v1.in.*.*.${plan.road}`;
export const shardFilter = (plan: StreamPlan, shard: number): string => `pentad.v1.in.${shard}.*.${plan.road}`;

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
