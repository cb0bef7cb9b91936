import type { World } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Log {
  info(code: string, fields?: Fields): void;
  warn(code: string, fields?: Fields): void;
  error(code: string, fields?: Fields): void;
}

/** Warnings and errors of the product's parts stand in the trace, so that a failing run tells what they saw. */
export function quietLog(world: World, who: string): Log {
  const text = (fields: Fields = {}): string =>
    Object.entries(fields)
      .filter(([name]) => name !== 'place')
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' ');
  return {
    info: () => undefined,
    warn: (code, fields) => world.note('warn', `${who} ${code} ${text(fields)}`),
    error: (code, fields) => world.note('error', `${who} ${code} ${text(fields)}`),
  };
}
