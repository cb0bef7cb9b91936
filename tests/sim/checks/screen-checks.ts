import { openPreAlerts } from '@pentad/protocol/case-reading';
import type { AnswerInput } from '@pentad/protocol/http-api';
import type { CaseState } from '@pentad/protocol/case-state';
import type { OnTarget } from '@pentad/server/pre-alerts/answer-pre-alert';
import { AgentError } from '@pentad/agent/agent-error';
import type { Agent, CaseScreen } from '@pentad/agent/agent-types';
import type { CaseId } from '@pentad/protocol/ids';
import type { Vehicle } from '../agent/vehicle.ts';
import type { SimStore } from '../store/sim-store.ts';

/** I9: what a crew's or a nurse's screen says is stored, delivered, seen or answered is committed at that moment. */
export class ScreenChecks {
  readonly #store: SimStore;
  readonly #told = new Map<string, OnTarget>();

  constructor(store: SimStore) {
    this.#store = store;
  }

  vehicle({ agent, id, caseIds }: Vehicle): void {
    if (!agent) return;
    const { tables, world } = this.#store;
    for (const caseId of caseIds) {
      const screen = screenOf(agent, caseId);
      if (!screen) continue;
      const row = tables.cases.get(caseId);
      const committed = row?.state;
      if (screen.prefixSeq > (committed?.caseSeq ?? 0))
        world.broken('I9', `${id} knows ${screen.prefixSeq} of ${caseId}, committed are ${committed?.caseSeq ?? 0}`);
      const shown = screen.prefixSeq === 0 ? undefined : screen.state.timeline[screen.prefixSeq - 1]?.eventId;
      if (shown !== undefined && row?.log[screen.prefixSeq - 1]?.recorded.envelope.eventId !== shown)
        world.broken('I9', `${id} has another order of ${caseId}`);
      for (const event of screen.own) {
        if (event.isStored && !tables.eventIds.has(event.eventId))
          world.broken('I9', `${id} shows ${event.type} stored`);
      }
      const given = Object.values(committed?.preAlerts ?? {})
        .flatMap((alert) => Object.values(alert.targets))
        .flatMap((target) => target.answers);
      for (const answer of screen.answers) {
        if (!given.some((one) => one.answer === answer.answer && one.atMs === answer.atMs))
          world.broken('I9', `${id} shows an answer nobody gave`);
        const owner = Object.values(committed?.preAlerts ?? {}).find(
          (alert) => alert.targets[alert.ownerTargetId ?? '']?.deskId === answer.deskId,
        );
        const everOwned = owner !== undefined || given.some((one) => one.atMs === answer.atMs);
        if (answer.isOwner && !everOwned) world.broken('I9', `${id} shows an owner that is none`);
      }
      for (const request of screen.requests) {
        const asking = openPreAlerts(screen.state).filter((alert) =>
          alert.causes.some((cause) => cause.kind === 'crew' && cause.requestId === request.requestId),
        );
        const isMissed = asking.length > 0 && !asking.some((alert) => alert.preAlertId === request.preAlertId);
        if (isMissed) world.broken('I9', `${id} shows a request by an alert that is over, while another asks for it`);
        const targets = Object.values(committed?.preAlerts[request.preAlertId ?? '']?.targets ?? {});
        if (request.deliveredAtMs !== null && !targets.some((target) => target.deliveredAtMs !== null))
          world.broken('I9', `${id} shows a request delivered`);
        if (request.displayedAtMs !== null && !targets.some((target) => target.displayedAtMs !== null))
          world.broken('I9', `${id} shows a request displayed`);
        if (request.seen !== null && !targets.some((target) => target.seen !== null))
          world.broken('I9', `${id} shows a request seen`);
      }
    }
  }

  nurseTold(on: OnTarget, input: AnswerInput, state: CaseState): void {
    const committed = this.#store.tables.cases.get(on.caseId)?.state;
    if (!committed || committed.caseSeq < state.caseSeq)
      this.#store.world.broken('I9', `a nurse saw version ${state.caseSeq} of ${on.caseId}`);
    if (!isGiven(committed, on, input.opId)) this.#store.world.broken('I9', `a nurse was told ${input.opId} is saved`);
    this.#told.set(input.opId, on);
  }

  /** L4: one press, one answer, however often it was sent; what was told stays. */
  atRest(): void {
    const { tables, world } = this.#store;
    const counts = new Map<string, number>();
    for (const { log } of tables.cases.values()) {
      for (const { recorded } of log) {
        const { reason } = recorded.clinical;
        if (recorded.envelope.type === 'pre-alert.answered' && typeof reason === 'string')
          counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
    for (const [opId, count] of counts) if (count > 1) world.broken('L4', `press ${opId} was recorded ${count} times`);
    for (const [opId, on] of this.#told)
      if (!isGiven(tables.cases.get(on.caseId)?.state, on, opId)) world.broken('L4', `press ${opId} is gone`);
  }
}

/** null: the journal that knew the case is gone. */
export function screenOf(agent: Agent, caseId: CaseId): CaseScreen | null {
  try {
    return agent.showCase(caseId);
  } catch (error) {
    if (error instanceof AgentError) return null;
    throw error;
  }
}

const isGiven = (state: CaseState | undefined, on: OnTarget, opId: string): boolean =>
  state?.preAlerts[on.preAlertId]?.targets[on.targetId]?.answers.some((given) => given.reason === opId) ?? false;
