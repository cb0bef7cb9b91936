import type { AnswerInput } from '@pentad/protocol/http-api';
import type { CaseState } from '@pentad/protocol/case-state';
import type { StaffActor } from '@pentad/server/platform/actor';
import { DomainError } from '@pentad/server/platform/errors';
import { answerPreAlert, type OnTarget } from '@pentad/server/pre-alerts/answer-pre-alert';
import type { Instance } from '../server/instance.ts';
import type { Rng } from '../world/rng.ts';
import type { World } from '../world/world.ts';

export interface NurseOptions {
  readonly world: World;
  readonly rng: Rng;
  readonly staff: StaffActor;
  readonly server: () => Instance | null;
  /** The nurse was told that this act is saved, and this is the state it reached. */
  readonly onTold: (on: OnTarget, input: AnswerInput, state: CaseState) => void;
}

const RETRY_AFTER_MS = 5_000;
const MOST_TRIES = 12;

/** A person at a desk: sometimes quick, sometimes late, sometimes never; presses again with the same op when nothing comes back. */
export class Nurse {
  readonly #options: NurseOptions;
  readonly #minded = new Map<string, number>();
  #ops = 0;

  constructor(options: NurseOptions) {
    this.#options = options;
  }

  sees(on: OnTarget): void {
    const { world, rng } = this.#options;
    const times = this.#minded.get(on.targetId) ?? 0;
    if (times >= 3) return;
    this.#minded.set(on.targetId, times + 1);
    if (rng.isTrue(0.15)) return;
    const input = this.#answer();
    world.after(rng.isTrue(0.6) ? rng.between(300, 12_000) : rng.between(20_000, 250_000), () =>
      this.#press(on, input, 1),
    );
  }

  #answer(): AnswerInput {
    const { rng, staff } = this.#options;
    const opId = `op-${staff.staffId.slice(-6)}-${(this.#ops += 1)}`;
    const answer = rng.pick([
      'accept',
      'accept',
      'accept',
      'accept-in-minutes',
      'suggest-divert',
      'ask-consult',
    ] as const);
    // The reason carries the op, so that the checker can count what became of each press.
    return { opId, answer, minutes: answer === 'accept-in-minutes' ? rng.between(1, 2) : null, reason: opId };
  }

  #press(on: OnTarget, input: AnswerInput, tries: number): void {
    const { world, server, staff, onTold } = this.#options;
    const instance = server();
    let isOver = false;
    const again = () => {
      if (isOver) return;
      isOver = true;
      if (tries < MOST_TRIES) this.#press(on, input, tries + 1);
    };
    world.after(RETRY_AFTER_MS, again);
    if (!instance) return;
    answerPreAlert(instance, staff, on, input).then(
      (state) => {
        // An answer that comes after the page gave up waiting is true all the same.
        onTold(on, input, state);
        isOver = true;
      },
      (error: unknown) => {
        if (!(error instanceof DomainError)) return;
        isOver = true;
        world.note('answer-refused', error.code);
      },
    );
  }
}
