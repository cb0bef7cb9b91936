import type { Span } from './three-valued.ts';

/** Points of an additive score: missing items at their least and at their most (0.2). */
export const sum = (...items: readonly Span[]): Span => ({
  least: items.reduce((total, { least }) => total + least, 0),
  most: items.reduce((total, { most }) => total + most, 0),
});

/** Points of one choice; unanswered it may be any of them. */
export function pointsFor(choice: string | null, table: Readonly<Record<string, number>>): Span {
  const points = choice === null ? undefined : table[choice];
  if (points !== undefined) return { least: points, most: points };
  const possible = Object.values(table);
  return { least: Math.min(...possible), most: Math.max(...possible) };
}

/** Points of a number known exactly or within bounds; a wholly unknown one may earn any of `possible`. */
export function pointsOf(value: Span, possible: readonly number[], points: (value: number) => number): Span {
  const isOpen = !Number.isFinite(value.least) || !Number.isFinite(value.most);
  if (isOpen) return { least: Math.min(...possible), most: Math.max(...possible) };
  const steps = [points(value.least), points(value.most)];
  for (let step = Math.ceil(value.least); step < value.most; step += 1) steps.push(points(step));
  return { least: Math.min(...steps), most: Math.max(...steps) };
}
