import { noVitals, vitalNames, type VitalName, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import type { NumericsRecording, Overlay } from './recordings.ts';

const pressureFields: readonly VitalName[] = ['systolicMmHg', 'diastolicMmHg', 'meanMmHg'];

export interface NumericsSample {
  readonly vitals: Vitals;
  readonly times: VitalTimes;
}

/**
 * A real recording, over which a script may lay values. Null stays null. Cuff pressure and temperature of the script
 * keep the instant they were taken at; pressure that was recorded second by second is new with every sample.
 */
export class NumericsReplay {
  readonly #recording: NumericsRecording;
  readonly #overlays: readonly Overlay[];

  constructor(recording: NumericsRecording, overlays: readonly Overlay[] = []) {
    this.#recording = recording;
    this.#overlays = overlays;
  }

  /** `second` counts from the start of the scenario; `startMs` is that start on the vehicle's clock. */
  sample(second: number, startMs: number): NumericsSample {
    const vitals: Vitals = { ...noVitals };
    const takenAtSeconds = new Map<VitalName, number>();
    for (const name of vitalNames) {
      const overlay = this.#overlayOf(name, second);
      vitals[name] = overlay ? overlay.value : this.#recorded(name, second);
      if (vitals[name] !== null) takenAtSeconds.set(name, overlay ? overlay.atSeconds : second);
    }
    const instant = (names: readonly VitalName[]) => {
      const taken = names.flatMap((name) => takenAtSeconds.get(name) ?? []);
      return taken.length > 0 ? Math.round(startMs + Math.min(...taken) * 1_000) : null;
    };
    return {
      vitals,
      times: { bloodPressureAtMs: instant(pressureFields), temperatureAtMs: instant(['temperatureC']) },
    };
  }

  #overlayOf(field: VitalName, second: number): Overlay | undefined {
    return this.#overlays.findLast(
      (overlay) => overlay.field === field && overlay.atSeconds <= second && second < overlay.untilSeconds,
    );
  }

  #recorded(field: VitalName, second: number): number | null {
    const { fields, rows, sampleSeconds } = this.#recording;
    const row = rows[Math.floor(Math.max(0, second) / sampleSeconds) % rows.length];
    return row?.[fields.indexOf(field)] ?? null;
  }
}
