const KNOT_MPS = 1_852 / 3_600;
const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;

/** A decimal number as receivers write it; null: empty or none. */
export function readNumber(field: string | undefined): number | null {
  return field !== undefined && /^[+-]?\d+(\.\d*)?$|^[+-]?\.\d+$/.test(field) ? Number(field) : null;
}

export function readKnotsMps(field: string | undefined): number | null {
  const knots = readNumber(field);
  return knots === null || knots < 0 ? null : knots * KNOT_MPS;
}

/** `ddmm.mmmm` and `N`, or `dddmm.mmmm` and `W`, to degrees; null: unreadable or not on earth. */
export function readAngleDeg(field: string | undefined, hemisphere: string | undefined, maxDeg: number): number | null {
  const parts = /^(\d{1,3})(\d{2}(?:\.\d*)?)$/.exec(field ?? '');
  const [positive, negative] = maxDeg === 90 ? ['N', 'S'] : ['E', 'W'];
  if (!parts || (hemisphere !== positive && hemisphere !== negative)) return null;
  const minutes = Number(parts[2]);
  const degrees = Number(parts[1]) + minutes / 60;
  if (minutes >= 60 || degrees > maxDeg) return null;
  return hemisphere === negative && degrees > 0 ? -degrees : degrees;
}

/** `hhmmss` with or without a fraction to milliseconds of the day; a leap second ends the day. */
export function readTimeOfDayMs(field: string | undefined): number | null {
  const parts = /^(\d{2})(\d{2})(\d{2}(?:\.\d*)?)$/.exec(field ?? '');
  if (!parts) return null;
  const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (hours > 23 || minutes > 59 || seconds >= 61) return null;
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000);
}

/** Midnight UTC of a day that exists, epoch ms. */
function midnightMs(year: number, month: number, day: number): number | null {
  const atMs = Date.UTC(year, month - 1, day);
  const date = new Date(atMs);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? atMs : null;
}

/** `ddmmyy` of RMC. GPS began in 1980, so 80 to 99 are of the last century. */
export function readDate(field: string | undefined): number | null {
  const parts = /^(\d{2})(\d{2})(\d{2})$/.exec(field ?? '');
  if (!parts) return null;
  const year = Number(parts[3]);
  return midnightMs(year < 80 ? 2_000 + year : 1_900 + year, Number(parts[2]), Number(parts[1]));
}

/** Day, month and year of ZDA. */
export function readFullDate(day?: string, month?: string, year?: string): number | null {
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{1,2}$/.test(month ?? '') || !/^\d{4}$/.test(year ?? '')) return null;
  return midnightMs(Number(year), Number(month), Number(day));
}

/** The instant nearest to `nearMs` that has this time of day: how a sentence without a date crosses midnight. */
export function instantNear(nearMs: number, timeOfDayMs: number): number {
  const sameDayMs = Math.floor(nearMs / DAY_MS) * DAY_MS + timeOfDayMs;
  if (sameDayMs - nearMs > HALF_DAY_MS) return sameDayMs - DAY_MS;
  return nearMs - sameDayMs > HALF_DAY_MS ? sameDayMs + DAY_MS : sameDayMs;
}
