import { vitalTermMs, type VitalName } from '@pentad/protocol/vitals';

/** A clock may run ahead this far; what is further ahead has no known age and is not current. */
export const clockLeadMs = 60_000;

/**
 * How long a reading may be scored, ms (clinical.md E1, second reading C27: 60 s is for streamed values only;
 * a hand count lasts 10 min). A glucose lasts as long as a temperature (design, needs sign-off). Pressure and temperature have their own terms whoever took them.
 */
export function termMs(name: VitalName | 'glucoseMmolPerL', isHandEntered: boolean): number {
  switch (name) {
    case 'systolicMmHg':
    case 'diastolicMmHg':
    case 'meanMmHg':
      return vitalTermMs.bloodPressure;
    case 'temperatureC':
    case 'glucoseMmolPerL':
      return vitalTermMs.temperature;
    case 'heartRateBpm':
    case 'pulseRateBpm':
    case 'respiratoryRatePerMin':
    case 'spo2Percent':
    case 'etco2MmHg':
    case 'fio2Percent':
      return isHandEntered ? vitalTermMs.handEntered : vitalTermMs.streamed;
  }
}

/** True up to and including the end of the term. */
export const isCurrent = (measuredAtMs: number, lastsMs: number, atMs: number): boolean =>
  atMs - measuredAtMs <= lastsMs && measuredAtMs - atMs <= clockLeadMs;
