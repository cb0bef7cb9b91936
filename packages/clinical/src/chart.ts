import type { CaseState } from '@pentad/protocol/case-state';
import { ageBand, isAdult, pregnancy } from './bands.ts';
import { CrewRecord } from './crew-record.ts';
import type { Noted } from './case-record.ts';
import { currentAt, eachReading, type Person, type Picture, type Reading } from './picture.ts';
import { isPairContradictory, plausibility, worthOf } from './plausibility.ts';
import type { JudgedVital } from './plausibility-table.ts';
import { RecordTimeline } from './record-timeline.ts';
import { repeatApartMs, setsOf, type Spot, type StreamedVital, type StreamHistory } from './stream-history.ts';
import { isCurrent, termMs } from './staleness.ts';

interface Pressure {
  readonly systolicMmHg: Reading | null;
  readonly diastolicMmHg: Reading | null;
  readonly meanMmHg: Reading | null;
  readonly unrecordable: Noted<true> | null;
}
const noReading = { systolicMmHg: null, diastolicMmHg: null, meanMmHg: null };
const noPressure: Pressure = { ...noReading, unrecordable: null };

/** The device's mean where it lies between the two others; else a third of the way up, where both are known (B4.2). */
function pressureOf(
  systolic: Reading,
  diastolic: Reading | null,
  mean: Reading | null,
): Omit<Pressure, 'unrecordable'> {
  const isBetween = mean && mean.value <= systolic.value && (!diastolic || mean.value >= diastolic.value);
  const value = diastolic && (systolic.value + 2 * diastolic.value) / 3;
  const computed: Reading | null = diastolic && value !== null ? { ...diastolic, name: 'meanMmHg', value } : null;
  return { systolicMmHg: systolic, diastolicMmHg: diastolic, meanMmHg: isBetween ? mean : computed };
}

/** One case's stream and crew entries together; gives the picture as it was known at any instant still kept. */
export class Chart {
  readonly history: StreamHistory;
  readonly crew: CrewRecord;
  readonly person: Person;
  readonly #record: RecordTimeline;

  constructor(history: StreamHistory, state: CaseState, nowMs: number) {
    const patient = state.patient.current?.value ?? null;
    const band = ageBand(patient);
    this.history = history;
    this.crew = new CrewRecord(state.assessments, band, nowMs);
    this.#record = new RecordTimeline(state, this.crew.newestFirst);
    this.person = { band, isAdult: isAdult(patient), pregnancy: pregnancy(patient), specialty: state.specialty };
  }

  entriesAt(atMs: number): number {
    return this.#record.entriesAt(atMs);
  }

  /** `rowIndex`: the newest row known at `atMs`, -1 for none. The newest measured reading wins, then its term is asked. */
  at(rowIndex: number, atMs: number): Picture {
    const { unrecordable, ...pressure } = this.#pressure(atMs, atMs);
    const newest: Picture = {
      atMs,
      person: this.person,
      record: this.#record.at(atMs),
      heartRateBpm: this.#newest(this.#streamedHeartRate(rowIndex, atMs), 'heartRateBpm', atMs),
      respiratoryRatePerMin: this.#newest(
        this.#streamed('respiratoryRatePerMin', rowIndex),
        'respiratoryRatePerMin',
        atMs,
      ),
      spo2Percent: this.#newest(this.#streamed('spo2Percent', rowIndex), 'spo2Percent', atMs),
      ...pressure,
      temperatureC: this.#temperature(atMs, atMs),
      glucoseMmolPerL: this.crew.reading('glucoseMmolPerL', atMs),
      consciousness: this.crew.consciousness(atMs),
      oxygen: this.crew.oxygen(atMs),
      unrecordablePressure: unrecordable,
    };
    return currentAt(newest, atMs);
  }

  /** `picture` with its streamed values as they stood at an earlier row; all else as it is. */
  withStreamedOf(picture: Picture, rowIndex: number): Picture {
    const atMs = this.history.rows[rowIndex]?.measuredAtMs ?? -Infinity;
    const then = (now: Reading | null, streamed: () => Reading | null): Reading | null => {
      if (now?.origin !== 'streamed') return now;
      const reading = streamed();
      return reading && isCurrent(reading.measuredAtMs, termMs(reading.name, false), atMs) ? reading : null;
    };
    return {
      ...picture,
      heartRateBpm: then(picture.heartRateBpm, () => this.#streamedHeartRate(rowIndex, atMs)),
      respiratoryRatePerMin: then(picture.respiratoryRatePerMin, () =>
        this.#streamed('respiratoryRatePerMin', rowIndex),
      ),
      spo2Percent: then(picture.spo2Percent, () => this.#streamed('spo2Percent', rowIndex)),
    };
  }

  /** `picture` with the chosen cuff and thermometer readings replaced by the look before, null where there was none. */
  withEarlierSpots(picture: Picture, atMs: number, isChosen: (reading: Reading) => boolean): Picture {
    const chosen = (reading: Reading | null): Reading | null =>
      reading?.origin === 'spot' && isChosen(reading) ? reading : null;
    const cuff = chosen(picture.systolicMmHg);
    const probe = chosen(picture.temperatureC);
    const earlierCuff = cuff && this.#pressure(atMs, cuff.measuredAtMs - repeatApartMs);
    const { unrecordable, ...pressure } = earlierCuff ?? { ...picture, unrecordable: picture.unrecordablePressure };
    const earlier: Picture = {
      ...picture,
      systolicMmHg: pressure.systolicMmHg,
      diastolicMmHg: pressure.diastolicMmHg,
      meanMmHg: pressure.meanMmHg,
      unrecordablePressure: unrecordable,
      temperatureC: probe ? this.#temperature(atMs, probe.measuredAtMs - repeatApartMs) : picture.temperatureC,
    };
    return currentAt(earlier, atMs);
  }

  /** `picture` with each reading not streamed replaced by the one taken at least `apartMs` before it. */
  withEarlierSets(picture: Picture, apartMs: number): Picture {
    const { atMs } = picture;
    const cuff = picture.systolicMmHg;
    const { unrecordable, ...pressure } = cuff
      ? this.#pressure(atMs, cuff.measuredAtMs - apartMs, setsOf(this.history.pressures))
      : { ...picture, unrecordable: picture.unrecordablePressure };
    const readings = eachReading(picture, (reading, slot) => {
      if (!reading || reading.origin === 'streamed') return reading;
      const notAfterMs = reading.measuredAtMs - apartMs;
      if (slot === 'systolicMmHg' || slot === 'diastolicMmHg' || slot === 'meanMmHg') return pressure[slot];
      return slot === 'temperatureC'
        ? this.#temperature(atMs, notAfterMs, setsOf(this.history.temperatures))
        : this.crew.reading(reading.name, notAfterMs);
    });
    return { ...picture, ...readings, unrecordablePressure: unrecordable };
  }

  #newest(streamed: Reading | null, name: StreamedVital, atMs: number): Reading | null {
    const crew = this.crew.reading(name, atMs);
    if (!crew) return streamed;
    if (streamed) return crew.measuredAtMs >= streamed.measuredAtMs ? crew : streamed;
    // A streamed value no longer kept may be newer than this entry: the older one does not come back.
    const { forgottenAtMs } = this.history;
    const pulse = name === 'heartRateBpm' ? (forgottenAtMs.pulseRateBpm ?? -Infinity) : -Infinity;
    const forgotten = Math.max(forgottenAtMs[name] ?? -Infinity, pulse);
    return forgotten > crew.measuredAtMs && forgotten <= atMs ? null : crew;
  }

  /** Whether a value counts as measured for this patient. */
  isPlausible(name: StreamedVital, value: number): boolean {
    return plausibility(name, value, this.person.band) !== 'rejected';
  }

  /** The newest plausible value at or before a row, however old. A rejected value is as if not measured. */
  #streamed(name: StreamedVital, rowIndex: number): Reading | null {
    const { rows, newestAtMs } = this.history;
    if (newestAtMs[name] === undefined) return null;
    for (let at = rowIndex; at >= 0; at -= 1) {
      const row = rows[at];
      const value = row?.vitals[name] ?? null;
      if (!row || value === null) continue;
      const reading = this.#machine(name, value, row.measuredAtMs, 'streamed');
      if (reading) return reading;
    }
    return null;
  }

  /** C38: the ECG's rate is used when it is good; a flagged one (lead off) gives way to a good pulse, a missing one to any. */
  #streamedHeartRate(rowIndex: number, atMs: number): Reading | null {
    const ecg = this.#streamed('heartRateBpm', rowIndex);
    const isGood = (reading: Reading | null): reading is Reading =>
      reading !== null && isCurrent(reading.measuredAtMs, termMs(reading.name, false), atMs);
    if (isGood(ecg) && !ecg.isProvisional) return ecg;
    const pulse = this.#streamed('pulseRateBpm', rowIndex);
    if (!isGood(pulse)) return ecg;
    return isGood(ecg) && pulse.isProvisional ? ecg : pulse;
  }

  #machine(name: JudgedVital, value: number, measuredAtMs: number, origin: 'streamed' | 'spot'): Reading | null {
    const worth = worthOf(name, plausibility(name, value, this.person.band), false);
    return worth && { name, value, measuredAtMs, origin, ...worth };
  }

  /** A failed or implausible newest cuff makes the pressure unknown: an old good one would hide it for 15 min (C7). */
  #pressure(atMs: number, notAfterMs: number, pressures: readonly Spot[] = this.history.pressures): Pressure {
    const spot = pressures.findLast((one) => one.knownFromMs <= atMs && one.measuredAtMs <= notAfterMs);
    const crew = this.crew.pressure(Math.min(atMs, notAfterMs));
    const reading = spot ? this.#cuff(spot) : null;
    if (crew?.kind === 'unrecordable' && !(reading && reading.measuredAtMs > crew.measuredAtMs)) {
      return { ...noReading, unrecordable: { value: true, measuredAtMs: crew.measuredAtMs } };
    }
    if (crew?.kind === 'measured' && !(spot && spot.measuredAtMs > crew.systolic.measuredAtMs)) {
      return { ...pressureOf(crew.systolic, crew.diastolic, null), unrecordable: null };
    }
    return spot && reading ? { ...this.#cuffPressure(spot, reading), unrecordable: null } : noPressure;
  }

  #cuffPressure({ diastolicMmHg, meanMmHg, measuredAtMs }: Spot, systolic: Reading): Omit<Pressure, 'unrecordable'> {
    const judged = (name: JudgedVital, value: number | null): Reading | null =>
      value === null ? null : this.#machine(name, value, measuredAtMs, 'spot');
    return pressureOf(systolic, judged('diastolicMmHg', diastolicMmHg), judged('meanMmHg', meanMmHg));
  }

  #cuff({ value, diastolicMmHg, measuredAtMs }: Spot): Reading | null {
    if (value === null || isPairContradictory(value, diastolicMmHg, this.person.band)) return null;
    return this.#machine('systolicMmHg', value, measuredAtMs, 'spot');
  }

  #temperature(
    atMs: number,
    notAfterMs: number,
    temperatures: readonly Spot[] = this.history.temperatures,
  ): Reading | null {
    const crew = this.crew.reading('temperatureC', Math.min(atMs, notAfterMs));
    for (let at = temperatures.length - 1; at >= 0; at -= 1) {
      const spot = temperatures[at];
      if (!spot || spot.value === null || spot.knownFromMs > atMs || spot.measuredAtMs > notAfterMs) continue;
      if (crew && crew.measuredAtMs >= spot.measuredAtMs) return crew;
      const reading = this.#machine('temperatureC', spot.value, spot.measuredAtMs, 'spot');
      if (reading) return reading;
    }
    return crew;
  }
}
