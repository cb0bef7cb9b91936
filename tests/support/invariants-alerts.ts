import { readClinical } from '@pentad/protocol/case-event';
import type { CaseState } from '@pentad/protocol/case-state';
import { eastDesk } from './region-directory.ts';
import type { ExpectedAlerts } from './reference-alerts.ts';
import { groupedBy, type EventRow, type RegionRows } from './region-rows.ts';

const LADDER = ['all-on-duty', 'second-channel', 'director-and-region', 'next-desk', 'repeat'];

/** The reference judges one rule; what rings by another has that rule's finding as its cause. */
const REFERENCE_RULE = 'GEN-3';
const causedByOthers = (rows: RegionRows): ReadonlySet<string> =>
  new Set(
    rows.cases.flatMap(({ case_id, state }) =>
      Object.values((state as CaseState).findings)
        .filter(({ finding }) => finding.ruleId !== REFERENCE_RULE)
        .map(({ finding }) => `${case_id}/${finding.specialty}`),
    ),
  );

function* checkOneEach(what: string, found: readonly string[], expected: ReadonlySet<string>): Generator<string> {
  for (const key of expected) {
    const count = found.filter((other) => other === key).length;
    if (count !== 1) yield `I4 ${what} ${key}: ${count} times instead of once`;
  }
  for (const key of found) if (!expected.has(key)) yield `I4 ${what} ${key} has no cause`;
}

/** I5: raised at the nearest desk that serves the specialty, and open to its center. */
function* checkTargets(rows: RegionRows): Generator<string> {
  for (const target of rows.targets) {
    if (!rows.access.has(`${target.case_id}/${target.hospital_id}/${target.specialty}`)) {
      yield `I13 target ${target.target_id} rings where the case is not open`;
    }
    const isOpen = rows.preAlerts.some((alert) => alert.pre_alert_id === target.pre_alert_id && alert.is_open);
    const isOwned = rows.targets.some((other) => other.pre_alert_id === target.pre_alert_id && other.is_owner);
    if (isOpen && !isOwned && !target.is_ringing) yield `I7 target ${target.target_id} neither rings nor has an owner`;
    if (target.is_ringing && !target.has_pending_step) yield `I6 target ${target.target_id} rings and nothing is due`;
    if (isOwned && target.is_ringing) yield `I7 target ${target.target_id} rings although somebody has it`;
  }
  for (const alert of rows.preAlerts) {
    const targets = rows.targets.filter((target) => target.pre_alert_id === alert.pre_alert_id);
    if (!targets.some((target) => target.desk_id === eastDesk))
      yield `I5 pre-alert ${alert.pre_alert_id} is not at the nearest desk`;
    if (targets.filter((target) => target.is_owner).length > 1)
      yield `I10 pre-alert ${alert.pre_alert_id} has two owners`;
  }
}

/** I8: each step once a round, in the ladder's order, never before it was due, never after somebody had accepted. */
function* checkSteps(events: readonly EventRow[]): Generator<string> {
  const fired = new Set<string>();
  const reached = new Map<string, number>();
  const ownedAtMs = new Map<string, number>();
  for (const { event_type, clinical, recorded_at } of events) {
    const known = readClinical(event_type, clinical);
    if (known === 'invalid' || known === 'unknown-type') continue;
    if (known.type === 'pre-alert.answered' && known.clinical.answer === 'accept') {
      ownedAtMs.set(known.clinical.preAlertId, recorded_at.getTime());
    }
    if (known.type !== 'pre-alert.escalated') continue;
    const { preAlertId, targetId, step, round, dueAtMs } = known.clinical;
    const key = `${targetId}/${step}/${round}`;
    if (fired.has(key)) yield `I8 step ${key} fired twice`;
    fired.add(key);
    if (recorded_at.getTime() < dueAtMs) yield `I8 step ${key} fired before it was due`;
    if (LADDER.indexOf(step) < (reached.get(targetId) ?? -1)) yield `I8 step ${key} fired out of order`;
    reached.set(targetId, LADDER.indexOf(step));
    const ownedMs = ownedAtMs.get(preAlertId);
    if (ownedMs !== undefined && recorded_at.getTime() > ownedMs + 2_000) yield `I8 step ${key} called after an accept`;
  }
}

/** I4 to I8 and I10 on the tables, against what an independent reference says should have rung. */
export function* checkAlerts(rows: RegionRows, expected: ExpectedAlerts): Generator<string> {
  const raised = rows.preAlerts.map((alert) => `${alert.case_id}/${alert.specialty}`);
  const explained = new Set([...expected.preAlerts, ...causedByOthers(rows)]);
  yield* checkOneEach(
    'pre-alert',
    raised,
    new Set(raised.filter((key) => explained.has(key)).concat([...expected.preAlerts])),
  );
  const found = rows.findings.filter((row) => row.rule_id === REFERENCE_RULE);
  yield* checkOneEach(
    'finding',
    found.map((row) => `${row.case_id}/${row.rule_id}`),
    expected.findings,
  );
  yield* checkTargets(rows);
  const byCase = groupedBy(rows.events, (row) => row.case_id);
  for (const events of byCase.values()) yield* checkSteps(events);
}
