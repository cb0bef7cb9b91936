import type * as v from 'valibot';

/** What was not taken in, where it stands in the input, and a stable code why. */
export interface Refused {
  readonly path: string;
  readonly code: string;
}

export class Refusals {
  readonly all: Refused[] = [];

  refuse(code: string, path: string): null {
    this.all.push({ path, code });
    return null;
  }
}

/** `events[2]` and the path of the first issue within it. */
export function issueIn(path: string, issues: readonly v.BaseIssue<unknown>[]): string {
  const within = (issues[0]?.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return path + within.join('');
}
