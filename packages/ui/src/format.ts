import type { Lang } from './locale.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `1 s`, `2 min`, `2 h 18`, `3 d`: the age of a value, rounded down. A future instant has age 0. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${two(minutes % 60)}`;
  return `${Math.floor(hours / 24)} d`;
}

/** `3 min 20 s`: an age that matters by the second. */
export function formatLongAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < 60 || seconds >= 600) return formatAge(ageMs);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `0:51`, `61:28`: a running count, rounded down when it grows and up when it shrinks towards zero. */
export function formatCount(ms: number, direction: 'up' | 'down'): string {
  const exact = Math.max(0, ms) / 1_000;
  const seconds = direction === 'up' ? Math.floor(exact) : Math.ceil(exact);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** Seconds to a due instant, never negative. */
export const secondsUntil = (dueAtMs: number, nowMs: number): number =>
  Math.max(0, Math.ceil((dueAtMs - nowMs) / 1_000));

/** `120 s`, `34 min`: how long after its beginning a step of a ladder comes. */
export const formatOffset = (ms: number): string => (ms < 600_000 ? `${Math.round(ms / 1_000)} s` : formatAge(ms));

/** Local time, 24 h. */
export function formatTime(instantMs: number, precision: 'seconds' | 'minutes' = 'seconds'): string {
  const at = new Date(instantMs);
  const minutes = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return precision === 'minutes' ? minutes : `${minutes}:${two(at.getSeconds())}`;
}

const weekdays: Record<Lang, readonly string[]> = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function formatDay(instantMs: number, lang: Lang): string {
  const at = new Date(instantMs);
  const weekday = weekdays[lang][at.getDay()] ?? '';
  if (lang === 'en') return `${weekday} ${at.getDate()} ${months[at.getMonth()] ?? ''}`;
  return `${at.getMonth() + 1}月${at.getDate()}日 ${weekday}`;
}
