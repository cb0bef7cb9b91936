/** `no-zone`: a wall-clock reading of an unknown place. `imprecise`: without hour and minute it is no instant. */
export type TimestampReading =
  | { readonly kind: 'instant'; readonly instantMs: number }
  | { readonly kind: 'absent' | 'no-zone' | 'imprecise' | 'unreadable' };

const SHAPE = /^(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})?)?(\d{2})?(?:\.(\d{1,6}))?([+-])?(\d{4})?$/;
const LAST_MS = 4_102_444_800_000;
const MINUTE_MS = 60_000;

function zoneMinutes(sign: string | undefined, digits: string | undefined): number | null | 'none' {
  if (sign === undefined && digits === undefined) return 'none';
  if (sign === undefined || digits === undefined) return null;
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 14 || minutes > 59) return null;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * TS / DTM, HL7 v2.5.1 section 2.A.77: YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ].
 * What is finer than the text is taken as 0, so an instant is never later than the one meant.
 * `zoneOffsetMinutes`: where the monitor's clock is, east of UTC, for a text without zone; null: not known.
 * Bounds are those of protocol InstantMs (1970 to 2100).
 */
export function readTimestamp(text: string, zoneOffsetMinutes: number | null): TimestampReading {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '""') return { kind: 'absent' };
  const [match, year, month, day, hour, minute, second, fraction, sign, zone] = SHAPE.exec(trimmed) ?? [];
  const offset = zoneMinutes(sign, zone);
  if (match === undefined || offset === null || (fraction !== undefined && second === undefined))
    return { kind: 'unreadable' };
  if (minute === undefined) return { kind: 'imprecise' };
  const parts = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const wallMs = Date.UTC(y, mo - 1, d, h, mi, s);
  const wall = new Date(wallMs);
  const isInCalendar = wall.getUTCMonth() === mo - 1 && wall.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  if (!isInCalendar) return { kind: 'unreadable' };
  const zoneOffset = offset === 'none' ? zoneOffsetMinutes : offset;
  if (zoneOffset === null) return { kind: 'no-zone' };
  const milliseconds = Math.floor(Number(`0.${fraction ?? '0'}`) * 1_000 + 1e-6);
  const instantMs = wallMs + milliseconds - zoneOffset * MINUTE_MS;
  return instantMs >= 0 && instantMs <= LAST_MS ? { kind: 'instant', instantMs } : { kind: 'unreadable' };
}

/** UTC with milliseconds, as MSH-7 of our answers. */
export const timestampText = (instantMs: number): string =>
  `${new Date(instantMs).toISOString().replaceAll(/[-:TZ]/g, '')}+0000`;
