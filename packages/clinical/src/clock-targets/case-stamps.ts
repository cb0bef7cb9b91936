import type { CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { chosenStamp, MilestoneCode } from '@pentad/protocol/milestone';
import { makesOwner } from '@pentad/protocol/pre-alert';
import type { PreAlertState } from '@pentad/protocol/pre-alert-state';
import type { Stamps } from './clock-of.ts';

/** The earliest that is there; null: none. */
const earliest = (instants: readonly (number | null | undefined)[]): number | null => {
  const known = instants.filter((atMs) => typeof atMs === 'number');
  return known.length === 0 ? null : Math.min(...known);
};

/** What a pre-alert stamps by itself; T_ACK is 接收, not 已阅 (design.md). */
function alertStamps(preAlerts: readonly PreAlertState[]): Stamps {
  const accepted = preAlerts.flatMap(({ targets }) =>
    Object.values(targets).flatMap(({ answers }) =>
      answers.filter(({ answer }) => makesOwner(answer)).map(({ atMs }) => atMs),
    ),
  );
  return {
    T_PREALERT: earliest(preAlerts.map(({ raisedAtMs }) => raisedAtMs)),
    T_ACK: earliest(accepted),
    T_TEAM_ACT: earliest(preAlerts.map(({ teamActivated }) => teamActivated?.atMs)),
    T_TEAM_READY: earliest(preAlerts.map(({ teamReady }) => teamReady?.atMs)),
  };
}

/**
 * One instant for each milestone of a case, epoch ms: the stamp a person chose or the most trustworthy, corrected where
 * it was; for a specialty those of its pre-alerts beside them; T_DOOR is T_GATE until a person stamps it (design.md).
 */
export function caseStamps(state: CaseState, specialty: Specialty): Stamps {
  const all = Object.values(state.stamps);
  const stamped = MilestoneCode.options.map((code): [MilestoneCode, number | null] => {
    const correction = state.stampCorrections[code]?.stampId ?? null;
    const chosen = chosenStamp(
      all.filter((stamp) => stamp.code === code),
      correction,
    );
    return [code, chosen?.atMs ?? null];
  });
  const own: Stamps = Object.fromEntries(stamped);
  const ofAlerts = alertStamps(Object.values(state.preAlerts).filter((one) => one.specialty === specialty));
  return {
    ...own,
    T_PREALERT: own.T_PREALERT ?? ofAlerts.T_PREALERT ?? null,
    T_ACK: own.T_ACK ?? ofAlerts.T_ACK ?? null,
    T_TEAM_ACT: own.T_TEAM_ACT ?? ofAlerts.T_TEAM_ACT ?? null,
    T_TEAM_READY: own.T_TEAM_READY ?? ofAlerts.T_TEAM_READY ?? null,
    T_DOOR: own.T_DOOR ?? own.T_GATE ?? null,
  };
}
