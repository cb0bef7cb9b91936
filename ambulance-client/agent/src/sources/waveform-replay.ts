import type { WaveformCapture } from '../agent-types.ts';
import type { Bound } from '../feed/feed.ts';
import { waveformBetween } from '../feed/wfdb-waveforms.ts';
import type { WaveformRecording } from './waveform-recording.ts';

const CHUNK_MS = 1_000;
/** What a vehicle that stood still for longer missed is a gap. */
const MOST_CHUNKS_AT_ONCE = 3;
/** A clock that was put right by more begins anew; less is jitter of the timer. */
const SAME_CLOCK_MS = 200;

/**
 * A monitor's traces in chunks of one second, as counts of the recording. A recording that ends starts over; its last
 * second is left out, so that the jump from its end to its beginning is a gap and never looks like a beat.
 */
export class WaveformReplay {
  readonly #recording: WaveformRecording;
  #next: number | null = null;
  #startMs = 0;

  constructor(recording: WaveformRecording) {
    this.#recording = recording;
  }

  /**
   * The chunks that became whole since the last call.
   * @param second from the start of the scenario
   * @param startMs that start on the vehicle's clock
   */
  take(second: number, startMs: number, bound: Bound): WaveformCapture[] {
    const whole = Math.max(0, Math.floor(second));
    if (this.#next === null || Math.abs(startMs - this.#startMs) > SAME_CLOCK_MS) this.#startMs = Math.round(startMs);
    const from = Math.max(this.#next ?? whole, whole - MOST_CHUNKS_AT_ONCE);
    this.#next = whole;
    const captures: WaveformCapture[] = [];
    for (let chunk = from; chunk < whole; chunk += 1) captures.push(...this.#chunk(chunk, bound));
    return captures;
  }

  #chunk(chunk: number, bound: Bound): WaveformCapture[] {
    const { seconds, traces } = this.#recording;
    const at = chunk % seconds;
    if (at === seconds - 1) return [];
    return traces.flatMap((each) => {
      const waveform = waveformBetween(each, at * each.samplesPerSecond, (at + 1) * each.samplesPerSecond);
      if (waveform === null) return [];
      return [{ ...bound, lane: 'wav' as const, measuredAtMs: this.#startMs + chunk * CHUNK_MS, waveform }];
    });
  }
}
