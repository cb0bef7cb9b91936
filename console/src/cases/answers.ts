import type { Answer } from '@pentad/protocol/pre-alert';
import { createStore } from 'solid-js/store';
import type { Api, Failure } from '../feed/api.ts';
import type { FeedStore } from '../feed/store.ts';
import type { DeskTarget } from './desk-target.ts';

export interface GivenInput {
  readonly answer: Answer;
  readonly minutes: number | null;
  readonly reason: string | null;
}

export type AnswerPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly input: GivenInput; readonly opId: string; readonly code: string }
  /** 409: someone was faster; the case that was fetched again says who. */
  | { readonly kind: 'overtaken' };

export type Picker = 'minutes' | 'divert';

export interface Answers {
  readonly phase: (targetId: string) => AnswerPhase;
  readonly picker: (targetId: string) => Picker | null;
  readonly openPicker: (targetId: string, picker: Picker | null) => void;
  readonly give: (ask: DeskTarget, input: GivenInput) => Promise<void>;
  readonly retry: (ask: DeskTarget) => Promise<void>;
  readonly see: (ask: DeskTarget) => Promise<void>;
}

interface Held {
  phase: Record<string, AnswerPhase>;
  picker: Record<string, Picker | null>;
}

const codeOf = (failure: Failure): string => (failure.kind === 'refused' ? failure.code : failure.kind);

/** Never optimistic: a card changes when the server's case says so, and a repeat carries the same opId. */
export function createAnswers(api: Api, store: FeedStore, newOpId: () => string): Answers {
  const [held, setHeld] = createStore<Held>({ phase: {}, picker: {} });
  const phase = (targetId: string): AnswerPhase => held.phase[targetId] ?? { kind: 'idle' };

  const send = async (ask: DeskTarget, input: GivenInput, opId: string): Promise<void> => {
    const { preAlertId } = ask.preAlert;
    const { targetId } = ask.target;
    const { caseId } = ask.view;
    if (phase(targetId).kind === 'saving') return;
    setHeld('phase', targetId, { kind: 'saving', answer: input.answer });
    const result = await api.answer(preAlertId, targetId, { opId, ...input });
    if (result.ok) {
      store.applyReply(result.value.case);
      setHeld('phase', targetId, { kind: 'idle' });
      setHeld('picker', targetId, null);
      return;
    }
    if (result.failure.kind === 'refused' && result.failure.status === 409) {
      const fresh = await api.case(caseId);
      if (fresh.ok) store.applyReply(fresh.value.case);
      setHeld('phase', targetId, { kind: 'overtaken' });
      return;
    }
    setHeld('phase', targetId, { kind: 'failed', input, opId, code: codeOf(result.failure) });
  };

  return {
    phase,
    picker: (targetId) => held.picker[targetId] ?? null,
    openPicker: (targetId, picker) => setHeld('picker', targetId, picker),
    give: (ask, input) => send(ask, input, newOpId()),
    retry: async (ask) => {
      const failed = phase(ask.target.targetId);
      if (failed.kind === 'failed') await send(ask, failed.input, failed.opId);
    },
    see: async (ask) => {
      const result = await api.seen(ask.preAlert.preAlertId, ask.target.targetId, { opId: newOpId() });
      if (result.ok) store.applyReply(result.value.case);
    },
  };
}
