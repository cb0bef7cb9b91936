import { createHash } from 'node:crypto';
import type { GateStamp } from '@pentad/geo/gate-crossing';
import { EventId, uuidV7, type CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { gateStampId, underWayOf, type UnderWay } from './under-way.ts';

/** The same for the same case and stamp on every instance: a second writer meets the first one's row. */
function eventIdOf(caseId: CaseId, stampId: string): EventId {
  const openedAtMs = Number.parseInt(caseId.replaceAll('-', '').slice(0, 12), 16);
  const digest = createHash('sha256').update(`${caseId}/${stampId}`).digest();
  return v.parse(EventId, uuidV7(openedAtMs, digest.subarray(0, 10)));
}

/**
 * T_GATE, once a case and hospital, if the locked case still goes there with this vehicle. At a second hospital the
 * stamp of the first stays in the log and the newer one is shown, unless a person has decided which is.
 */
export function stampArrival(planner: CasePlanner, told: UnderWay, { atMs, notBeforeMs }: GateStamp): void {
  const { state } = planner;
  const now = underWayOf(state);
  if (now === null || now.vehicle !== told.vehicle || now.hospitalId !== told.hospitalId) return;
  if (atMs < now.notBeforeMs) return;
  const stampId = gateStampId(now.hospitalId);
  const ours = Object.values(state.stamps).filter(({ code, source }) => code === 'T_GATE' && source === 'gps');
  const corrected = state.stampCorrections.T_GATE?.stampId ?? null;
  const isOursToCorrect = corrected === null || ours.some((stamp) => stamp.stampId === corrected);
  planner.write(
    'milestone.stamped',
    { stampId, code: 'T_GATE', atMs: Math.round(atMs), source: 'gps', errorMs: Math.max(0, atMs - notBeforeMs) },
    undefined,
    eventIdOf(now.caseId, stampId),
  );
  if (ours.length > 0 && isOursToCorrect)
    planner.write('milestone.corrected', { code: 'T_GATE', stampId, reason: 'destination-changed' });
}
