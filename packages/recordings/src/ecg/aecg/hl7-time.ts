import type { EcgTime } from '../ecg-recording.ts';

const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?([+-]\d{4})$/;

function zoneMinutes(zone: string): number | null {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (60 * hours + minutes);
}

/** Epoch ms of an HL7 point in time that names its zone and at least the minute; null for any other text. */
function instantOf(text: string): number | null {
  const match = TIMESTAMP.exec(text);
  const zone = zoneMinutes(match?.[8] ?? '');
  if (match === null || zone === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '0'] = match;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const local = Date.parse(`${written}Z`);
  // Date.parse rolls 30 February over and reads 24:00; the text must come back as it was.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(written)) return null;
  return local + Math.floor(Number(`0.${fraction}`) * 1_000) - 60_000 * zone;
}

/** An HL7 TS (`20021122091000.000`, `20021122091000+0800`) as written, with its instant if it has a zone. */
export const ecgTimeOf = (text: string | null): EcgTime | null =>
  text === null ? null : { text, instantMs: instantOf(text) };
