import { isOver, openPreAlerts } from '@pentad/protocol/case-reading';
import { topicOf } from '@pentad/protocol/console-feed';
import { CaseId } from '@pentad/protocol/ids';
import type { CaseState } from '@pentad/protocol/case-state';
import { FeedReader } from '@pentad/server/events/feed-reader';
import type { StaffActor } from '@pentad/server/platform/actor';
import { DomainError } from '@pentad/server/platform/errors';
import { confirmDisplay } from '@pentad/server/pre-alerts/confirm-display';
import type { OnTarget } from '@pentad/server/pre-alerts/answer-pre-alert';
import * as v from 'valibot';
import type { FeedChecks } from '../checks/feed-checks.ts';
import type { Instance } from '../server/instance.ts';
import { createSimFeedSource, readSimCase } from '../store/sim-reads.ts';
import type { SimStore } from '../store/sim-store.ts';
import { Life } from '../world/life.ts';
import { quietLog } from '../world/quiet-log.ts';
import type { World } from '../world/world.ts';

export interface DeskPageOptions {
  readonly world: World;
  readonly store: SimStore;
  readonly deskId: string;
  readonly staff: StaffActor;
  readonly server: () => Instance | null;
  readonly feed: FeedChecks;
  /** A target of this desk that asks for an answer is on the screen. */
  readonly onRinging: (on: OnTarget) => void;
}

/** One desk's page: follows the desk's topic by cursor over any instance, confirms what it shows. */
export class DeskPage {
  readonly #options: DeskPageOptions;
  readonly #shown = new Set<string>();
  #cursor = 0;

  constructor(options: DeskPageOptions) {
    this.#options = options;
  }

  get cursor(): number {
    return this.#cursor;
  }

  open(): void {
    const { world, store, deskId, server, feed } = this.#options;
    const instance = server();
    if (!instance) {
      world.after(1_000, () => this.open());
      return;
    }
    const socket = new Life(world, `page ${deskId}`);
    const forget = instance.life.onEnd(() => {
      socket.end();
      world.after(world.rng.between(500, 4_000), () => this.open());
    });
    const topic = topicOf.desk(deskId);
    const reader = new FeedReader({
      source: createSimFeedSource(store, socket, null),
      listener: {
        onEntries: (_topic, entries) => {
          feed.read(`page ${deskId}`, topic, entries);
          this.#cursor = entries.at(-1)?.n ?? this.#cursor;
          for (const caseId of new Set(entries.map(({ pointer }) => pointer.caseId)))
            void this.#show(instance, v.parse(CaseId, caseId));
        },
        onTrimmed: () => world.broken('feed', `page ${deskId} was told that its topic is trimmed`),
      },
      timers: socket,
      log: quietLog(world, `page ${deskId}`),
      nowMs: () => world.nowMs,
    });
    if (this.#cursor === 0) feed.begins(`page ${deskId}`, topic, 0);
    reader.follow(topic, this.#cursor);
    void reader.start();
    if (world.rng.isTrue(0.3)) {
      world.after(world.rng.between(20_000, 200_000), () => {
        if (!socket.isAlive) return;
        forget();
        socket.end();
        this.open();
      });
    }
  }

  async #show(instance: Instance, caseId: CaseId): Promise<void> {
    const { store, deskId, world, staff, onRinging } = this.#options;
    try {
      const state = await readSimCase(store, instance.life, caseId);
      if (!state || isOver(state)) return;
      for (const on of asking(state, deskId)) {
        const isNew = !this.#shown.has(on.targetId);
        if (isNew) {
          await confirmDisplay(instance, staff, on, deskId, 'delivered');
          await confirmDisplay(instance, staff, on, deskId, 'displayed');
          this.#shown.add(on.targetId);
        }
        onRinging(on);
      }
    } catch (error) {
      if (error instanceof DomainError) throw error;
      world.after(2_000, () => void this.#show(this.#options.server() ?? instance, caseId));
    }
  }
}

const asking = (state: CaseState, deskId: string): OnTarget[] =>
  openPreAlerts(state).flatMap((alert) =>
    Object.values(alert.targets)
      .filter((target) => target.deskId === deskId && target.released === null && alert.ownerTargetId === null)
      .map(({ targetId }) => ({ caseId: state.caseId, preAlertId: alert.preAlertId, targetId })),
  );
