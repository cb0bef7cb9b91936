import type { Position } from '@pentad/protocol/position';
import type { DriveRecording } from './recordings.ts';

/** A recorded drive: to the scene before second 0, waiting there, and on to the hospital's gate after leaving. */
export class DriveReplay {
  readonly #drive: DriveRecording;
  readonly #leaveAtSeconds: number;

  constructor(drive: DriveRecording, leaveAtSeconds: number) {
    this.#drive = drive;
    this.#leaveAtSeconds = leaveAtSeconds;
  }

  /** The second of the scenario at which the vehicle stands at the gate. */
  get arrivesAtSeconds(): number {
    const { points, sampleSeconds, sceneAtSeconds } = this.#drive;
    return this.#leaveAtSeconds + (points.length - 1) * sampleSeconds - sceneAtSeconds;
  }

  get sceneAtSeconds(): number {
    return this.#drive.sceneAtSeconds;
  }

  position(second: number): Position {
    const { points, sampleSeconds, sceneAtSeconds } = this.#drive;
    const driven = second < 0 ? sceneAtSeconds + second : sceneAtSeconds + Math.max(0, second - this.#leaveAtSeconds);
    const index = Math.min(points.length - 1, Math.max(0, Math.floor(driven / sampleSeconds)));
    const [latitudeDeg, longitudeDeg, speedMps, headingDeg] = points[index] ?? [0, 0, null, null];
    const isStanding = second >= 0 && second < this.#leaveAtSeconds;
    return {
      latitudeDeg,
      longitudeDeg,
      speedMps: isStanding ? 0 : speedMps,
      headingDeg: headingDeg === null ? null : ((headingDeg % 360) + 360) % 360,
      accuracyM: null,
    };
  }
}
