import type { CaseView } from '@pentad/protocol/case-view';
import { START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { caseView, preAlertView, targetView } from '@pentad/protocol/testing/view-builders';
import { stillUi } from '@pentad/ui/testing/still-ui';
import { UiProvider } from '@pentad/ui/ui-context.tsx';
import { cleanup, fireEvent, render } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { ConsoleProvider, type Console } from '../console-context.tsx';
import type { Api, Failure, Result } from '../feed/api.ts';
import { createFeedStore } from '../feed/store.ts';
import { AnswerActions } from './answer-actions.tsx';
import { createAnswers } from './answers.ts';
import { allTargets } from './desk-target.ts';

const TOPIC = 'desk:desk-1';
const taken = (name: string): CaseView =>
  caseView({
    caseSeq: 9,
    preAlerts: [
      preAlertView({
        ownerTargetId: targetIdOf(1),
        targets: [
          targetView({
            isRinging: false,
            answers: [{ atMs: START_MS, byName: name, answer: 'accept', minutes: null, reason: null }],
          }),
        ],
      }),
    ],
  });

afterEach(cleanup);

/** The buttons of one unanswered ask, over a server whose replies the test gives one by one. */
function mount(onServer: CaseView = caseView()) {
  const sent: { opId: string; answer: string; minutes: number | null; reason: string | null }[] = [];
  const replies: ((result: Result<{ case: CaseView }>) => void)[] = [];
  const store = createFeedStore();
  store.open(TOPIC);
  store.apply({ type: 'snapshot', topic: TOPIC, n: 1, cases: [caseView()] });
  const api = {
    answer: (_: string, __: string, input: (typeof sent)[number]) => {
      sent.push(input);
      return new Promise<Result<{ case: CaseView }>>((resolve) => replies.push(resolve));
    },
    case: async () => ({ ok: true, value: { n: 2, case: onServer, latest: null } }),
  } as unknown as Api;
  let ops = 0;
  const answers = createAnswers(api, store, () => `operation-${(ops += 1)}`);
  const [isLinkDown, setLinkDown] = createSignal(false);
  const app = { answers, isLinkDown, places: { deskName: (deskId: string) => deskId } } as unknown as Console;
  const ask = () => allTargets(store.held.topics[TOPIC]!.cases[caseView().caseId]!)[0]!;
  const page = render(() => (
    <UiProvider ui={stillUi(START_MS)}>
      <ConsoleProvider console={app}>
        <AnswerActions ask={ask()} isSelected={false} />
      </ConsoleProvider>
    </UiProvider>
  ));
  const reply = async (result: Result<{ case: CaseView }>) => {
    replies.shift()!(result);
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  };
  const fail = (failure: Failure) => reply({ ok: false, failure });
  return { page, sent, reply, fail, setLinkDown, text: () => page.container.textContent ?? '' };
}

test('an answer is shown as being saved, and as given only when the server has it', async () => {
  const { page, reply, sent, text } = mount();
  fireEvent.click(page.getByText('接收'));
  expect(text()).toContain('正在保存');
  expect(page.container.querySelectorAll('.acts button:not([disabled])')).toHaveLength(0);
  expect(sent[0]).toMatchObject({ answer: 'accept', minutes: null, reason: null });
  await reply({ ok: true, value: { case: taken('林护士') } });
  expect(page.container.querySelectorAll('.acts button')).toHaveLength(0);
});

test('what was not stored is said, and repeated as the same act', async () => {
  const { page, fail, sent, text } = mount();
  fireEvent.click(page.getByText('接收'));
  await fail({ kind: 'unreachable' });
  expect(text()).toContain('没有存上，再试。');
  fireEvent.click(page.getByRole('button', { name: '再试' }));
  expect(sent.map((each) => each.opId)).toEqual(['operation-1', 'operation-1']);
});

test('who was faster is named', async () => {
  const { page, fail, text } = mount(taken('孙护士'));
  fireEvent.click(page.getByText('接收'));
  await fail({ kind: 'refused', status: 409, code: 'pre-alert.already-accepted' });
  expect(text()).toContain('有人更快');
  expect(text()).toContain('孙护士');
});

test('a suggestion to divert needs a reason, a promise needs minutes', async () => {
  const { page, sent } = mount();
  fireEvent.click(page.getByText('建议改送'));
  expect(sent).toHaveLength(0);
  fireEvent.click(page.getByText('没有床位'));
  expect(sent[0]).toMatchObject({ answer: 'suggest-divert', reason: 'no-bed' });
});

test('nothing can be answered while the link is down', () => {
  const { page, setLinkDown, text } = mount();
  setLinkDown(true);
  expect(page.container.querySelectorAll('.acts button:not([disabled])')).toHaveLength(0);
  expect(text()).toContain('请用电话');
});
