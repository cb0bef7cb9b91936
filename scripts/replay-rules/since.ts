/** What `--since` says cannot be read. */
export class SinceError extends Error {}

const pattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** A day or an instant, ms; without a zone China's. Throws SinceError. */
export function sinceMs(text: string): number {
  const [, day, time = 'T00:00', zone = '+08:00'] = pattern.exec(text) ?? [];
  const atMs = day === undefined ? Number.NaN : Date.parse(`${day}${time}${zone}`);
  const isDay = day !== undefined && Date.parse(day) > 0 && new Date(Date.parse(day)).toISOString().startsWith(day);
  if (Number.isNaN(atMs) || !isDay) throw new SinceError(`--since ${text}: a day such as 2026-09-01, or an instant`);
  return atMs;
}
