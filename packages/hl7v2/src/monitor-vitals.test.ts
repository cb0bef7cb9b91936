import { vitalNames } from '@pentad/protocol/vitals';
import { measuredRange } from '@pentad/protocol/quantities';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { MonitorSettings } from './observation.ts';
import {
  atMs,
  bpm,
  decode,
  header,
  hr,
  mmHg,
  noZone,
  notesOf,
  obx,
  report,
  vitalsOf,
} from './monitor-message.fixture.ts';

describe('monitor vitals', () => {
  it.each([
    ['147842^MDC_ECG_HEART_RATE^MDC', '60', bpm, { heartRateBpm: 60 }],
    ['149530^MDC_PULS_OXIM_PULS_RATE^MDC', '61', bpm, { pulseRateBpm: 61 }],
    ['151578^MDC_TTHOR_RESP_RATE^MDC', '17', '264928^MDC_DIM_RESP_PER_MIN^MDC', { respiratoryRatePerMin: 17 }],
    ['150456^MDC_PULS_OXIM_SAT_O2^MDC', '97.5', '262688^MDC_DIM_PERCENT^MDC', { spo2Percent: 97.5 }],
    ['150344^MDC_TEMP^MDC', '36.8', '268192^MDC_DIM_DEGC^MDC', { temperatureC: 36.8 }],
    ['150344^MDC_TEMP^MDC', '100.4', '266560^MDC_DIM_FAHR^MDC', { temperatureC: 38 }],
    ['8310-5^Body temperature^LN', '98.6', '[degF]^^UCUM', { temperatureC: 37 }],
    ['188424^MDC_TEMP_ORAL^MDC', '36.9', '℃', { temperatureC: 36.9 }],
    ['151708^MDC_CONC_AWAY_CO2_ET^MDC', '4.9', '265987^MDC_DIM_KILO_PASCAL^MDC', { etco2MmHg: 36.75 }],
    ['19891-1^EtCO2^LN', '38', 'mm[Hg]', { etco2MmHg: 38 }],
    ['152196^MDC_CONC_AWAY_O2_INSP^MDC', '40', '%', { fio2Percent: 40 }],
    ['8867-4^Heart rate^LN', '72', '{beats}/min', { heartRateBpm: 72 }],
    ['0002-4182^HR^MDIL', '80', '0004-0aa0^bpm^MDIL', { heartRateBpm: 80 }],
    ['0002-4bb8^SpO2^MDIL', '98', '0004-0220^%^MDIL', { spo2Percent: 98 }],
    ['0002-500a^RR^MDIL', '30', '0004-0ae0^rpm^MDIL', { respiratoryRatePerMin: 30 }],
    ['0002-4b60^Tcore^MDIL', '36.2', '0004-17a0^°C^MDIL', { temperatureC: 36.2 }],
    ['L1^Puls^99LOCAL^8889-8^Pulse^LN', '66', 'bpm', { pulseRateBpm: 66 }],
    ['^MDC_ECG_HEART_RATE^MDC', '66', 'bpm', { heartRateBpm: 66 }],
    ['101^HR', '66', 'bpm', { heartRateBpm: 66 }],
  ])('%s %s %s', (code, value, unit, vitals) => {
    const decoded = decode([obx(code, value, unit)]);
    expect(vitalsOf(decoded)).toEqual([vitals]);
    expect(notesOf(decoded)).toEqual([]);
    expect(decoded.readings[0]?.measuredAtMs).toBe(atMs);
  });

  it.each([
    ['100101^MDC_SOMETHING^MDC', 'code.unknown'],
    ['150388^MDC_TEMP_SKIN^MDC', 'code.unknown'],
    ['101^Pressure', 'code.unknown'],
    ['101', 'code.unknown'],
    ['147842', 'code.unknown'],
    ['150031^MDC_PRESS_CUFF_SYS^MDC', 'code.contradictory'],
    ['147842^MDC_PULS_OXIM_SAT_O2^MDC', 'code.contradictory'],
    ['147842^MDC_ECG_HEART_RATE^MDC^8310-5^Body temperature^LN', 'code.contradictory'],
    ['', 'code.unknown'],
  ])('does not guess what %j is', (code, note) => {
    const decoded = decode([obx(code, '60', bpm)]);
    expect(decoded.readings).toEqual([]);
    expect(notesOf(decoded)).toEqual([`${note}@1`]);
  });

  it.each(['-100', '-1', '-10000', '-999', '-99.9', '8388607', '-32768', '-100.00', '-1.0'])(
    '%s is no value of anything',
    (value) => {
      const rows = [
        hr(value),
        obx('150456^MDC_PULS_OXIM_SAT_O2^MDC', value, '%'),
        obx('150344^MDC_TEMP^MDC', value, 'Cel'),
      ];
      expect(vitalsOf(decode(rows))).toEqual([{ heartRateBpm: null, spo2Percent: null, temperatureC: null }]);
      expect(notesOf(decode(rows))).toEqual(['value.sentinel@1', 'value.sentinel@2', 'value.sentinel@3']);
    },
  );

  it('drops 0 where a number cannot be 0, and keeps a rate or end-tidal CO2 of 0: it may be an arrest', () => {
    const rows = [
      obx('150456^MDC_PULS_OXIM_SAT_O2^MDC', '0', '%'),
      obx('149530^MDC_PULS_OXIM_PULS_RATE^MDC', '0', bpm),
      obx('150021^MDC_PRESS_BLD_NONINV_SYS^MDC', '0', mmHg),
      obx('150344^MDC_TEMP^MDC', '0', '°F'),
      hr('0'),
      obx('151562^MDC_RESP_RATE^MDC', '0', 'rpm'),
      obx('151708^MDC_CONC_AWAY_CO2_ET^MDC', '0', mmHg),
    ];
    expect(vitalsOf(decode(rows))).toEqual([
      {
        spo2Percent: null,
        pulseRateBpm: null,
        systolicMmHg: null,
        temperatureC: null,
        heartRateBpm: 0,
        respiratoryRatePerMin: 0,
        etco2MmHg: 0,
      },
    ]);
    expect(notesOf(decode(rows))).toEqual([1, 2, 3, 4].map((each) => `value.zero@${each}`));
  });

  it.each([
    [hr('400'), 400, null],
    [hr('401'), null, 'value.out-of-range'],
    [hr('60', '||||| X'), null, 'status.cannot-be-obtained'],
    [hr('60', '|||||D'), null, 'status.deleted'],
    [hr('60', '|||||W'), null, 'status.wrong'],
    [hr('60', '|||||N'), null, 'status.not-a-result'],
    [hr('60', '|||||F'), 60, null],
    [hr('60', ''), 60, null],
    [hr('60', '||DEMO|||R'), null, 'flag.not-a-measurement'],
    [hr('60', '||H~QUES|||R'), null, 'flag.not-a-measurement'],
    [hr('60', '||H|||R'), 60, null],
    [hr(''), null, 'value.absent'],
    [hr('""'), null, 'value.absent'],
    [hr('-?-'), null, 'value.not-a-number'],
    [hr('6,5'), null, 'value.not-a-number'],
    [hr('1e2'), null, 'value.not-a-number'],
    [hr('60^70'), null, 'value.not-a-number'],
    [hr('60~70'), null, 'value.several'],
    [hr('60').replace('|NM|', '|ED|'), null, 'value.type-not-read'],
    [hr('60').replace('|NM|', '|ST|'), 60, null],
    [hr('=^60').replace('|NM|', '|SN|'), 60, null],
    [hr('^60').replace('|NM|', '|SN|'), 60, null],
    [hr('<^60').replace('|NM|', '|SN|'), null, 'value.not-a-number'],
    [hr('60').replace(bpm, ''), null, 'unit.absent'],
    [hr('60').replace(bpm, 'Hz'), null, 'unit.unknown'],
    [hr('60').replace(bpm, '%'), null, 'unit.of-another-kind'],
    [hr('60').replace(bpm, '264864^%'), null, 'unit.contradictory'],
  ])('%s', (segment, value, note) => {
    const decoded = decode([segment]);
    expect(vitalsOf(decoded)).toEqual([{ heartRateBpm: value }]);
    expect(notesOf(decoded)).toEqual(note === null ? [] : [`${note}@1`]);
  });

  it('takes the units a monitor is known to mean, and only where it states none', () => {
    const settings: MonitorSettings = { zoneOffsetMinutes: null, unitsWhenAbsent: { temperature: 'Cel' } };
    const rows = [obx('200^T1', '37.00', ''), hr('60').replace(bpm, '')];
    expect(vitalsOf(decode(rows, settings))).toEqual([{ temperatureC: 37, heartRateBpm: null }]);
    expect(vitalsOf(decode([obx('200^T1', '98.6', '[degF]')], settings))).toEqual([{ temperatureC: 37 }]);
  });

  it('doubts a value whose line was broken', () => {
    const decoded = decode([hr('7').replace(bpm, `${bpm}\r2|more`)]);
    expect(vitalsOf(decoded)).toEqual([{ heartRateBpm: null }]);
    expect(notesOf(decoded)).toEqual(['message.stray-lines@null', 'segment.suspect@1']);
  });
});

describe('a message as a whole', () => {
  it('keeps the patient apart', () => {
    const decoded = decode(['PID|1||123^^^Hosp^MR~""||Li^Ming^""||19710108|M', hr('60')]);
    expect(decoded.patientIdentity).toEqual({
      identifiers: [{ value: '123', authority: 'Hosp', type: 'MR' }],
      familyName: 'Li',
      givenName: 'Ming',
      birthDate: '19710108',
      sex: 'M',
    });
    expect(JSON.stringify(decoded.readings) + JSON.stringify(decoded.notes)).not.toMatch(/Li|Ming|123/);
    expect(decode(['PID|1', hr('60')]).patientIdentity).toMatchObject({ identifiers: [], familyName: null });
  });

  it.each(['T', 'D', 'T^T', 'p', 'X'])(
    'says that a message of MSH-11 %s is no production message, and reads nothing of it',
    (id) => {
      const head = [header.replace('|P|', `|${id}|`), report];
      expect(notesOf(decode([hr('60')], noZone, head))).toEqual(['message.not-production@null']);
      expect(decode([hr('60')], noZone, head).readings).toEqual([]);
      const asked = decode([hr('60')], { ...noZone, takesTestMessages: true }, head);
      expect(notesOf(asked)).toEqual(['message.not-production@null']);
      expect(vitalsOf(asked)).toEqual([{ heartRateBpm: 60 }]);
    },
  );

  it.each(['P', 'P^T', ''])('is of a patient where MSH-11 is %j', (id) => {
    const decoded = decode([hr('60')], noZone, [header.replace('|P|', `|${id}|`), report]);
    expect(vitalsOf(decoded)).toEqual([{ heartRateBpm: 60 }]);
    expect(notesOf(decoded)).toEqual([]);
  });

  it('yields nothing but null and what the wire admits, whatever the segments', () => {
    const code = fc.constantFrom(
      '147842^^MDC',
      '150456^^MDC',
      '150344^^MDC',
      '150021^^MDC',
      '150037^^MDC',
      '8867-4^^LN',
    );
    const value = fc.oneof(
      fc.constantFrom('-100', '0', '36.6', '1e9', '', '""', '<^3'),
      fc.double().map(String),
      fc.string(),
    );
    const unit = fc.oneof(fc.constantFrom('bpm', '%', 'kPa', 'mmHg', 'Cel', '°F', ''), fc.string());
    const time = fc.constantFrom('', '20260726114000+0000', '20260726114001', 'x', '00000000');
    const status = fc.constantFrom('F', 'R', 'X', '', 'W', 'q');
    const segment = fc
      .tuple(code, value, unit, status, time)
      .map(([c, x, u, s, t]) => `OBX||NM|${c}||${x}|${u}|||||${s}|||${t}`);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        for (const { vitals } of decode(segments).readings)
          for (const name of vitalNames) expect(v.is(v.optional(measuredRange[name]), vitals[name])).toBe(true);
      }),
    );
  });
});
