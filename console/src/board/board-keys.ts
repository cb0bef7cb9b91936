import { useNavigate } from '@solidjs/router';
import { makeKeys, type KeyMap } from '@pentad/ui/keyboard';
import { choicesOf, inputOf } from '../cases/answer-choices.ts';
import { needsAnswer, standingOf, type DeskTarget } from '../cases/desk-target.ts';
import { mayAnswer } from '../cases/may-answer.ts';
import type { Console } from '../console-context.tsx';
import type { Selection } from './selection.ts';

/** The acts of one ask by key; what cannot be done now has no key, so the key does nothing at all. */
export function answerKeys(app: Console, ask: DeskTarget | null): KeyMap {
  if (!ask || app.isLinkDown() || !mayAnswer(app.session(), ask)) return {};
  const { targetId } = ask.target;
  const isAsked = standingOf(ask) === 'unanswered';
  const canAccept = needsAnswer(ask);
  const picker = app.answers.picker(targetId);
  const digits = picker
    ? choicesOf(picker).map(
        (choice) => [String(choice.digit), () => void app.answers.give(ask, inputOf(picker, choice))] as const,
      )
    : [];
  return {
    ...(canAccept ? { a: () => void app.answers.give(ask, { answer: 'accept', minutes: null, reason: null }) } : {}),
    ...(isAsked
      ? {
          n: () => app.answers.openPicker(targetId, 'minutes'),
          d: () => app.answers.openPicker(targetId, 'divert'),
          q: () => void app.answers.give(ask, { answer: 'ask-consult', minutes: null, reason: null }),
        }
      : {}),
    ...(picker ? { Escape: () => app.answers.openPicker(targetId, null) } : {}),
    ...Object.fromEntries(digits),
  };
}

export function makeBoardKeys(app: Console, selection: Selection): void {
  const navigate = useNavigate();
  makeKeys(() => {
    const ask = selection.selected();
    return {
      j: () => selection.move(1),
      k: () => selection.move(-1),
      ...(ask ? { Enter: () => navigate(`/case/${ask.view.caseId}`) } : {}),
      ...answerKeys(app, ask),
    };
  });
}
