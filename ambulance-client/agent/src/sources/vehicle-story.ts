import { codeOf } from '../agent-error.ts';
import type { Agent, Capture } from '../agent-types.ts';
import type { Cancel, Clock, Log, Random, Timers } from '../ports.ts';
import { DriveReplay } from './drive-replay.ts';
import { NumericsReplay } from './numerics-replay.ts';
import type { DriveRecording, NumericsRecording, Scenario } from './recordings.ts';
import { ScenarioPlayer } from './scenario.ts';
import type { WaveformRecording } from './waveform-recording.ts';
import { WaveformReplay } from './waveform-replay.ts';

const TICK_MS = 1_000;
const HAND_OVER_AFTER_SECONDS = 120;
const REST_SECONDS = 300;

export interface StoryPorts {
  readonly agent: Agent;
  readonly gate: { open(): void; close(): void };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}
export interface StoryPlan {
  readonly drive: DriveRecording;
  readonly numerics: NumericsRecording;
  /** null: no case; the vehicle stands at its gate and sends positions. */
  readonly scenario: Scenario | null;
  /** What the monitor of the scenario's patient shows; null: no trace. */
  readonly waveforms: WaveformRecording | null;
  /** Where the scenario's 12-lead ECGs lie. */
  readonly recordingsDir: string;
  readonly isRepeating: boolean;
}

/** One demo ambulance, second by second: drives out, plays its case, arrives, hands over, rests, and begins again. */
export class VehicleStory {
  readonly #ports: StoryPorts;
  readonly #plan: StoryPlan;
  readonly #drive: DriveReplay;
  readonly #numerics: NumericsReplay;
  #player: ScenarioPlayer | null = null;
  #traces: WaveformReplay | null = null;
  /** Monotonic instant of second 0 of the scenario. */
  #zeroMs = 0;
  #cancel: Cancel | null = null;

  constructor(ports: StoryPorts, plan: StoryPlan) {
    this.#ports = ports;
    this.#plan = plan;
    this.#drive = new DriveReplay(plan.drive, plan.scenario?.leaveSceneAtSeconds ?? 0);
    this.#numerics = new NumericsReplay(plan.numerics, plan.scenario?.numericsOffsets ?? []);
  }

  start(): void {
    const { clock, timers } = this.#ports;
    const { scenario } = this.#plan;
    this.#endEarlierCases();
    this.#begin(clock.monotonicMs() + (scenario?.startAfterSeconds ?? 0) * 1_000);
    this.#cancel = timers.after(0, () => this.#tick());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #begin(zeroMs: number): void {
    this.#zeroMs = zeroMs;
    const { scenario, waveforms, recordingsDir } = this.#plan;
    this.#player = scenario ? new ScenarioPlayer(this.#ports, scenario, recordingsDir) : null;
    this.#traces = waveforms ? new WaveformReplay(waveforms) : null;
  }

  #tick(): void {
    const { clock, timers, log } = this.#ports;
    const nowMs = clock.monotonicMs();
    const untilNextMs = TICK_MS - ((((nowMs - this.#zeroMs) % TICK_MS) + TICK_MS) % TICK_MS);
    this.#cancel = timers.after(untilNextMs, () => this.#tick());
    try {
      this.#live((nowMs - this.#zeroMs) / 1_000);
    } catch (error) {
      log.error('story.failed', { code: codeOf(error) });
    }
  }

  #live(second: number): void {
    const player = this.#player;
    if (player) this.#act(player, second);
    this.#ports.agent.capture(this.#samples(player, second));
  }

  #act(player: ScenarioPlayer, second: number): void {
    const { gate, clock } = this.#ports;
    const arrivesAt = this.#drive.arrivesAtSeconds;
    const isInGap =
      this.#plan.scenario?.linkGaps.some((gap) => gap.fromSeconds <= second && second < gap.untilSeconds) ?? false;
    if (isInGap) gate.close();
    else gate.open();
    player.playUntil(second);
    if (second >= arrivesAt) player.arrive();
    if (second >= arrivesAt + HAND_OVER_AFTER_SECONDS) player.handOver();
    if (this.#plan.isRepeating && second >= arrivesAt + HAND_OVER_AFTER_SECONDS + REST_SECONDS) {
      player.closeCase();
      this.#begin(clock.monotonicMs() + this.#drive.sceneAtSeconds * 1_000);
    }
  }

  #samples(player: ScenarioPlayer | null, second: number): Capture[] {
    const { clock } = this.#ports;
    const measuredAtMs = Math.round(clock.nowMs());
    const isOnBoard = player !== null && player.caseId !== null && !player.isHandedOver;
    const bound = {
      measuredAtMs,
      caseId: isOnBoard ? player.caseId : null,
      patientSlot: isOnBoard ? player.patientSlot : null,
    };
    const position = this.#drive.position(player ? second : -this.#drive.sceneAtSeconds);
    const samples: Capture[] = [{ ...bound, lane: 'pos', position }];
    if (isOnBoard) {
      const startMs = measuredAtMs - second * 1_000;
      samples.unshift({ ...bound, lane: 'vit', ...this.#numerics.sample(second, startMs) });
      samples.push(...(this.#traces?.take(second, startMs, bound) ?? []));
    }
    return samples;
  }

  /** Cases an earlier run of the demo left open have no crew any more. */
  #endEarlierCases(): void {
    const { agent, log } = this.#ports;
    for (const { caseId, isOver } of agent.listCases()) {
      if (isOver) continue;
      const actor = { id: 'crew-demo', name: null, assurance: 'vehicle' } as const;
      agent.recordEvent(caseId, { type: 'case.cancelled', clinical: { reason: 'demo-restarted' }, actor });
      log.info('story.earlier-case-ended', { caseId });
    }
  }
}
