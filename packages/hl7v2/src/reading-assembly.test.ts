import { describe, expect, it } from 'vitest';
import { atMs, decode, header, hr, mmHg, noZone, notesOf, obx, vitalsOf } from './monitor-message.fixture.ts';

const cuff = (value: string, time: string, code = '150021^MDC_PRESS_BLD_NONINV_SYS^MDC') =>
  obx(code, value, mmHg, `|||||R|||${time}`);
const sample = (clock: string, value: string) => hr(value, `|||||R|||2026072611${clock.replace(':', '')}+0000`);

describe('when it was measured', () => {
  it('carries a cuff reading with the newest values, under its own time', () => {
    const decoded = decode([
      hr('60'),
      cuff('120', '20260726114000+0000', '150301^MDC_PRESS_CUFF_SYS^MDC'),
      cuff('80', '20260726114000+0000', '150302^MDC_PRESS_CUFF_DIA^MDC'),
    ]);
    expect(decoded.readings).toEqual([
      {
        measuredAtMs: atMs,
        vitals: { heartRateBpm: 60, systolicMmHg: 120, diastolicMmHg: 80 },
        times: { bloodPressureAtMs: Date.UTC(2026, 6, 26, 11, 40), temperatureAtMs: null },
      },
    ]);
  });

  it('never gives a cuff reading the time of the report it is repeated in', () => {
    const decoded = decode([hr('60'), cuff('120', '')]);
    expect(decoded.readings[0]?.times.bloodPressureAtMs).toBeNull();
    expect(notesOf(decoded)).toEqual(['pressure.time-unknown@2']);
  });

  it('makes older readings of one message readings of their own', () => {
    const decoded = decode([
      sample('58:00', '61'),
      sample('59:00', '62'),
      cuff('120', '20260726115800+0000'),
      cuff('130', '20260726115900+0000'),
      cuff('110', '20260726113000+0000'),
    ]);
    const shown = decoded.readings.map(({ measuredAtMs, vitals, times }) => [
      new Date(measuredAtMs ?? 0).toISOString().slice(11, 16),
      vitals,
      times.bloodPressureAtMs === measuredAtMs,
    ]);
    expect(shown).toEqual([
      ['11:30', { systolicMmHg: 110 }, true],
      ['11:58', { heartRateBpm: 61, systolicMmHg: 120 }, true],
      ['11:59', { heartRateBpm: 62, systolicMmHg: 130 }, true],
    ]);
  });

  it('joins what lies within a second under the older instant, and not what lies a second apart', () => {
    const spo2 = (time: string) => obx('150456^MDC_PULS_OXIM_SAT_O2^MDC', '97', '%', `|||||R|||${time}`);
    const joined = decode([sample('58:00.100', '61'), spo2('20260726115801.099+0000')]);
    expect(joined.readings.map(({ measuredAtMs }) => measuredAtMs)).toEqual([Date.UTC(2026, 6, 26, 11, 58, 0, 100)]);
    const apart = decode([sample('58:00.100', '61'), spo2('20260726115801.100+0000')]);
    expect(vitalsOf(apart)).toEqual([{ heartRateBpm: 61 }, { spo2Percent: 97 }]);
    expect(vitalsOf(decode([sample('58:00.100', '61'), sample('58:00.200', '62')]))).toHaveLength(2);
  });

  it.each([
    ['', 'time.absent'],
    ['20260726115958', 'time.no-zone'],
    ['20260726', 'time.imprecise'],
    ['yesterday', 'time.unreadable'],
  ])('says that the instant is unknown for OBR-7 %j', (time, note) => {
    const decoded = decode([hr('60')], noZone, [header, `OBR|1||1|x|||${time}`]);
    expect(decoded.readings.map(({ measuredAtMs }) => measuredAtMs)).toEqual([null]);
    expect(notesOf(decoded)).toEqual([`${note}@1`]);
  });

  it('does not fall back on the report for a time that is there and cannot be read', () => {
    const decoded = decode([hr('60', '|||||R|||00000000000000')]);
    expect(decoded.readings[0]?.measuredAtMs).toBeNull();
    expect(notesOf(decoded)).toEqual(['time.unreadable@1']);
  });

  it('gives a probe temperature the time of the report, and an aperiodic one none', () => {
    const temperature = obx('150344^MDC_TEMP^MDC', '36.8', 'Cel');
    expect(decode([temperature]).readings[0]?.times.temperatureAtMs).toBe(atMs);
    const aperiodic = decode([`${temperature}||APERIODIC`]);
    expect(aperiodic.readings[0]?.times.temperatureAtMs).toBeNull();
    expect(notesOf(aperiodic)).toEqual(['temperature.time-unknown@1']);
  });

  it('uses the zone it is given', () => {
    const decoded = decode([hr('60')], { zoneOffsetMinutes: 480 }, [header, 'OBR|1||1|x|||20260726195958']);
    expect(decoded.readings[0]?.measuredAtMs).toBe(atMs);
  });
});

describe('two sources of one vital', () => {
  it('takes one method before the other and says so', () => {
    const decoded = decode([
      obx('151578^MDC_TTHOR_RESP_RATE^MDC', '22', 'rpm'),
      obx('151594^MDC_CO2_RESP_RATE^MDC', '14', 'rpm'),
    ]);
    expect(vitalsOf(decoded)).toEqual([{ respiratoryRatePerMin: 14 }]);
    expect(notesOf(decoded)).toEqual(['value.other-source@1']);
  });

  it('takes the one that has a value', () => {
    const probe = (value: string) => obx('150344^MDC_TEMP^MDC', value, 'Cel');
    expect(vitalsOf(decode([probe('-100'), probe('36.6')]))).toEqual([{ temperatureC: 36.6 }]);
  });

  it('takes none of two probes under one code that differ', () => {
    const decoded = decode([obx('150344^MDC_TEMP^MDC', '18.3', 'Cel'), obx('150344^MDC_TEMP^MDC', '36.4', 'Cel')]);
    expect(vitalsOf(decoded)).toEqual([{ temperatureC: null }]);
    expect(notesOf(decoded)).toEqual(['value.conflict@1', 'value.conflict@2']);
  });

  it('takes one cuff reading under two codes once', () => {
    const time = '20260726114000+0000';
    const same = [cuff('120', time), cuff('120', time, '150301^MDC_PRESS_CUFF_SYS^MDC')];
    expect(vitalsOf(decode(same))).toEqual([{ systolicMmHg: 120 }]);
    const other = decode([cuff('120', time), cuff('121', time, '150301^MDC_PRESS_CUFF_SYS^MDC')]);
    expect(vitalsOf(other)).toEqual([{ systolicMmHg: null }]);
  });

  const artery = (part: 'SYS' | 'DIA' | 'MEAN', value: string) =>
    obx(`${{ SYS: 150037, DIA: 150038, MEAN: 150039 }[part]}^MDC_PRESS_BLD_ART_ABP_${part}^MDC`, value, mmHg);
  const dead = { systolicMmHg: null, diastolicMmHg: null, meanMmHg: null };

  it.each([
    ['30', '30'],
    ['40', '120'],
  ])('holds a systolic of %s beside a diastolic of %s for no pressure, nor the mean beside them', (high, low) => {
    const decoded = decode([hr('60'), artery('SYS', high), artery('DIA', low), artery('MEAN', '60')]);
    expect(vitalsOf(decoded)).toEqual([{ heartRateBpm: 60, ...dead }]);
    expect(notesOf(decoded)).toEqual(['pressure.not-a-pair@2']);
  });

  it('takes the cuff where the line of an artery lies dead, and any pair that may be one', () => {
    const time = '20260726114000+0000';
    const ofCuff = [cuff('120', time), cuff('80', time, '150022^MDC_PRESS_BLD_NONINV_DIA^MDC')];
    expect(vitalsOf(decode([...ofCuff, artery('SYS', '3'), artery('DIA', '3')]))).toEqual([
      { systolicMmHg: 120, diastolicMmHg: 80 },
    ]);
    expect(vitalsOf(decode([artery('SYS', '31'), artery('DIA', '30')]))).toEqual([
      { systolicMmHg: 31, diastolicMmHg: 30 },
    ]);
  });

  it('never mixes the pressures of a cuff and an artery', () => {
    const decoded = decode([
      cuff('120', '20260726114000+0000'),
      obx('150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC', '131', mmHg),
      obx('150039^MDC_PRESS_BLD_ART_ABP_MEAN^MDC', '90', mmHg),
    ]);
    expect(vitalsOf(decoded)).toEqual([{ systolicMmHg: 120 }, { systolicMmHg: 131, meanMmHg: 90 }]);
  });
});
