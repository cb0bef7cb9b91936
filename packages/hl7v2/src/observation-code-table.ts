import type { VitalName } from '@pentad/protocol/vitals';

/**
 * How a value comes to be. `streamed`: again and again. `cuff`: now and then, repeated by the monitor meanwhile.
 * `arterial`: streamed, and belongs to a set of pressures of its own.
 */
export type Method = 'streamed' | 'cuff' | 'arterial';

export interface ObservationRow {
  readonly code: string;
  /** Reference identifiers seen with the code; the first is the current one. */
  readonly names: readonly string[];
  readonly vital: VitalName;
  readonly method: Method;
}

const row = (code: number | string, names: string, vital: VitalName, method: Method = 'streamed'): ObservationRow => ({
  code: String(code),
  names: names.split(' '),
  vital,
  method,
});

/**
 * ISO/IEEE 11073-10101 codes (partition 2: 131072 + code), in order of preference where one vital has several ways.
 * Sources:
 * - 147842 with both names: IHE PCD-01 of a Philips MX500 and HL7 uv-pocd (CARD_BEAT_RATE), HL7 DK Core (HEART_RATE).
 * - 149514, 149522, 149530, 150456, 151562, 151570, 151578, 151594, temperatures, 150021-3: HL7 DK Core IEEE value set.
 * - 149538: Philips IntelliVue Data Export, NOM_PLETH_PULS_RATE 0x4822, which goes out as MDIL 0002-4822.
 * - 150301-3 with CUFF names: Comen, XH80X and Mindray-compatible monitors; either name is seen with either number.
 * - 150033-5, 150037-9: Philips Data Export NOM_PRESS_BLD_ART and _ART_ABP (0x4A11.., 0x4A15..).
 * - 150372, 150380, 150344: Mindray value list; 150380 also MII ICU. 188452 axilla: DK Core. 188496: Comen, XH80X.
 * - 151708: MII ICU (partial pressure at end of expiration); 151728: Philips NOM_AWAY_CO2_ET 0x50B0. 152196: MII ICU.
 * - 151552: Philips label "Resp" 0002-5000 of the IntelliVue HL7 export.
 * Left out on purpose: skin temperature, pulse of the cuff (149546: no time of its own on the wire), ventilator rates.
 */
export const mdcRows: readonly ObservationRow[] = [
  row(147842, 'MDC_ECG_CARD_BEAT_RATE MDC_ECG_HEART_RATE', 'heartRateBpm'),
  row(149530, 'MDC_PULS_OXIM_PULS_RATE', 'pulseRateBpm'),
  row(149538, 'MDC_PLETH_PULS_RATE', 'pulseRateBpm'),
  row(149514, 'MDC_PULS_RATE', 'pulseRateBpm'),
  row(149522, 'MDC_BLD_PULS_RATE_INV', 'pulseRateBpm'),
  row(151562, 'MDC_RESP_RATE', 'respiratoryRatePerMin'),
  row(151552, 'MDC_RESP', 'respiratoryRatePerMin'),
  row(151594, 'MDC_CO2_RESP_RATE', 'respiratoryRatePerMin'),
  row(151570, 'MDC_AWAY_RESP_RATE', 'respiratoryRatePerMin'),
  row(151578, 'MDC_TTHOR_RESP_RATE', 'respiratoryRatePerMin'),
  row(150456, 'MDC_PULS_OXIM_SAT_O2', 'spo2Percent'),
  row(150021, 'MDC_PRESS_BLD_NONINV_SYS MDC_PRESS_CUFF_SYS', 'systolicMmHg', 'cuff'),
  row(150022, 'MDC_PRESS_BLD_NONINV_DIA MDC_PRESS_CUFF_DIA', 'diastolicMmHg', 'cuff'),
  row(150023, 'MDC_PRESS_BLD_NONINV_MEAN MDC_PRESS_CUFF_MEAN', 'meanMmHg', 'cuff'),
  row(150301, 'MDC_PRESS_CUFF_SYS MDC_PRESS_BLD_NONINV_SYS', 'systolicMmHg', 'cuff'),
  row(150302, 'MDC_PRESS_CUFF_DIA MDC_PRESS_BLD_NONINV_DIA', 'diastolicMmHg', 'cuff'),
  row(150303, 'MDC_PRESS_CUFF_MEAN MDC_PRESS_BLD_NONINV_MEAN', 'meanMmHg', 'cuff'),
  row(150037, 'MDC_PRESS_BLD_ART_ABP_SYS', 'systolicMmHg', 'arterial'),
  row(150038, 'MDC_PRESS_BLD_ART_ABP_DIA', 'diastolicMmHg', 'arterial'),
  row(150039, 'MDC_PRESS_BLD_ART_ABP_MEAN', 'meanMmHg', 'arterial'),
  row(150033, 'MDC_PRESS_BLD_ART_SYS', 'systolicMmHg', 'arterial'),
  row(150034, 'MDC_PRESS_BLD_ART_DIA', 'diastolicMmHg', 'arterial'),
  row(150035, 'MDC_PRESS_BLD_ART_MEAN', 'meanMmHg', 'arterial'),
  row(150368, 'MDC_TEMP_CORE', 'temperatureC'),
  row(150372, 'MDC_TEMP_ESOPH', 'temperatureC'),
  row(150380, 'MDC_TEMP_NASOPH', 'temperatureC'),
  row(188420, 'MDC_TEMP_RECT', 'temperatureC'),
  row(150392, 'MDC_TEMP_TYMP', 'temperatureC'),
  row(188428, 'MDC_TEMP_EAR', 'temperatureC'),
  row(188424, 'MDC_TEMP_ORAL', 'temperatureC'),
  row(188452, 'MDC_TEMP_AXILLA', 'temperatureC'),
  row(188496, 'MDC_TEMP_AXIL', 'temperatureC'),
  row(150364, 'MDC_TEMP_BODY', 'temperatureC'),
  row(150344, 'MDC_TEMP', 'temperatureC'),
  row(151708, 'MDC_CONC_AWAY_CO2_ET MDC_AWAY_CO2_ET', 'etco2MmHg'),
  row(151728, 'MDC_AWAY_CO2_ET', 'etco2MmHg'),
  row(152196, 'MDC_CONC_AWAY_O2_INSP', 'fio2Percent'),
];

/**
 * LOINC. 8867-4, 9279-1, 2708-6, 59408-5, 8480-6, 8462-4, 8478-0, 8310-5: FHIR R4 vital-signs profiles; 8889-8 heart rate
 * by pulse oximetry; 76534-7, 76535-4, 76536-2 pressures by noninvasive method (LOINC);
 * 8331-1 oral, 8332-9 rectal, 8333-7 tympanic, 8328-7 axillary, 60838-0 nasopharyngeal (LOINC, MII ICU);
 * 19891-1 CO2 partial pressure at end expiration (MII ICU); 3150-6 inhaled oxygen concentration (US Core).
 * A pressure of no stated method is held to be the cuff's.
 */
export const loincRows: readonly ObservationRow[] = [
  row('8867-4', '', 'heartRateBpm'),
  row('8889-8', '', 'pulseRateBpm'),
  row('9279-1', '', 'respiratoryRatePerMin'),
  row('59408-5', '', 'spo2Percent'),
  row('2708-6', '', 'spo2Percent'),
  row('76534-7', '', 'systolicMmHg', 'cuff'),
  row('76535-4', '', 'diastolicMmHg', 'cuff'),
  row('76536-2', '', 'meanMmHg', 'cuff'),
  row('8480-6', '', 'systolicMmHg', 'cuff'),
  row('8462-4', '', 'diastolicMmHg', 'cuff'),
  row('8478-0', '', 'meanMmHg', 'cuff'),
  row('60838-0', '', 'temperatureC'),
  row('8332-9', '', 'temperatureC'),
  row('8333-7', '', 'temperatureC'),
  row('8331-1', '', 'temperatureC'),
  row('8328-7', '', 'temperatureC'),
  row('8310-5', '', 'temperatureC'),
  row('19891-1', '', 'etco2MmHg'),
  row('3150-6', '', 'fio2Percent'),
];

/**
 * Mindray monitors and gateway, HL7 2.3.1: OBX-3 `101^HR` without coding system, so number and name are both asked for.
 * Source: Mindray sample messages (periodic 204, aperiodic 503) as quoted by several integrations; 172 is NIBP mean and
 * 170/171 NIBP, 500/501/502 arterial (ART-Sys or Sys). They carry no units: see UnitsWhenAbsent.
 */
export const mindrayRows: readonly ObservationRow[] = [
  row(101, 'HR', 'heartRateBpm'),
  row(161, 'PR', 'pulseRateBpm'),
  row(151, 'RR', 'respiratoryRatePerMin'),
  row(160, 'SpO2', 'spo2Percent'),
  row(170, 'Sys', 'systolicMmHg', 'cuff'),
  row(171, 'Dia', 'diastolicMmHg', 'cuff'),
  row(172, 'Mean', 'meanMmHg', 'cuff'),
  row(500, 'ART-Sys Sys', 'systolicMmHg', 'arterial'),
  row(502, 'ART-Dia Dia', 'diastolicMmHg', 'arterial'),
  row(501, 'ART-Mean Mean', 'meanMmHg', 'arterial'),
  row(200, 'T1', 'temperatureC'),
  row(250, 'CO2Et', 'etco2MmHg'),
];
