const CHINA_OFFSET_MINUTES = 8 * 60;
const civil =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined) return CHINA_OFFSET_MINUTES;
  if (zone.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

/**
 * An instant as dispatch systems write it: Unix seconds or milliseconds, or a date with a time. A time without a zone is
 * China's (UTC+8, one zone, no summer time since 1991): that is what those systems mean by it.
 * @returns integer Unix ms; null: no instant
 */
export function readInstant(text: string): number | null {
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const found = civil.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Math.floor(Number(`0.${found[7] ?? '0'}`) * 1_000);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const back = new Date(local);
  const isOnCalendar =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const atMs = local - offsetMinutes(found[8]) * 60_000;
  return isOnCalendar && atMs >= 0 ? atMs : null;
}
