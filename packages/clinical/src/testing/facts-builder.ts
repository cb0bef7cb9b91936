import { criterion } from '../criterion.ts';
import { anything, point } from '../expression/interval.ts';
import type { Facts } from '../expression/facts.ts';

/** Facts by name; whatever is not named is not known. */
export const factsFrom = (known: Readonly<Record<string, number | boolean | string>> = {}): Facts => {
  const of = (name: string) => known[name];
  return {
    number: (name) => {
      const value = of(name);
      return typeof value === 'number' ? point(value) : anything;
    },
    flag: (name) => {
      const value = of(name);
      return criterion(typeof value === 'boolean' ? value : null);
    },
    code: (name) => {
      const value = of(name);
      return typeof value === 'string' ? value : null;
    },
    lacking: (name) => (of(name) === undefined ? [name] : []),
  };
};
