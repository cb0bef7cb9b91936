import { decodeItem } from '@pentad/protocol/uplink';
import type { AgentStatus } from './agent-types.ts';
import { journalLanes, perLane, type BrokerLink, type Clock, type Credentials, type Journal } from './ports.ts';
import { UNRELIABLE_BEYOND_MS, type ServerClock } from './link/server-clock.ts';
import type { LinkState } from './link/link-state.ts';
import type { UplinkEngine } from './uplink/uplink-engine.ts';

export interface StatusSources {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly bootId: string;
  readonly journal: Journal;
  readonly engine: UplinkEngine;
  readonly link: LinkState;
  readonly broker: BrokerLink;
  readonly serverClock: ServerClock;
  readonly refusedReceipts: number;
  readonly refusedDownlinks: number;
  readonly declaredGaps: number;
  readonly setAsideCount: number;
  readonly isStorageShort: boolean;
  readonly isSecondEpoch: boolean;
}

/** Age of the oldest item without a receipt; on the monotonic clock where it is of this boot. */
function oldestUnsentAgeMs({ credentials, clock, journal, engine, bootId }: StatusSources): number | null {
  const ages = journalLanes.flatMap((lane) => {
    const seq = engine.queue(lane).oldestWaiting;
    const reading = seq === null ? null : journal.read(lane, seq);
    const decoded = reading?.kind === 'item' ? decodeItem(reading.bytes, credentials.vehicle, lane) : null;
    if (!decoded?.ok) return [];
    const { item } = decoded;
    return [
      Math.max(0, item.bootId === bootId ? clock.monotonicMs() - item.monotonicMs : clock.nowMs() - item.capturedAtMs),
    ];
  });
  return ages.length > 0 ? Math.max(...ages) : null;
}

function alarmsOf(sources: StatusSources, hasRefused: boolean): readonly string[] {
  const offset = sources.serverClock.now();
  const { expiresAtMs } = sources.credentials.jwtLife();
  return [
    ...(sources.setAsideCount > 0 ? ['journal-set-aside'] : []),
    ...(sources.isStorageShort ? ['storage'] : []),
    ...(offset && Math.abs(offset.offsetMs) > UNRELIABLE_BEYOND_MS ? ['clock-unreliable'] : []),
    ...(sources.isSecondEpoch ? ['second-epoch'] : []),
    ...(hasRefused ? ['items-refused'] : []),
    ...(sources.declaredGaps > 0 ? ['gaps-declared'] : []),
    ...(expiresAtMs !== null && expiresAtMs <= sources.serverClock.serverNowMs() ? ['credentials-expired'] : []),
  ];
}

export function agentStatus(sources: StatusSources): AgentStatus {
  const { credentials, journal, engine, link, broker, serverClock } = sources;
  const refused = perLane((lane) => journal.holdings(lane).refused);
  const offset = serverClock.now();
  return {
    vehicle: credentials.vehicle,
    callSign: credentials.callSign,
    epoch: journal.epoch,
    bootId: sources.bootId,
    horizon: journal.horizon(),
    rung: link.rung(),
    ...link.ways(broker.measured?.() ?? { kind: 'tls', probes: [] }),
    isBrokerConnected: link.isConnected,
    lastHeartbeatAgeMs: link.lastHeartbeatAgeMs(),
    waiting: perLane((lane) => engine.queue(lane).waiting),
    oldestUnsentAgeMs: oldestUnsentAgeMs(sources),
    refused,
    refusedReceipts: sources.refusedReceipts,
    refusedDownlinks: sources.refusedDownlinks,
    declaredGaps: sources.declaredGaps,
    journalBytes: journal.usedBytes(),
    alarms: alarmsOf(
      sources,
      journalLanes.some((lane) => refused[lane].length > 0),
    ),
    clock: offset && { ...offset, isUnreliable: Math.abs(offset.offsetMs) > UNRELIABLE_BEYOND_MS },
    isSecondEpoch: sources.isSecondEpoch,
    jwtExpiresAtMs: credentials.jwtLife().expiresAtMs,
  };
}
