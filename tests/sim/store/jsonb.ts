const kept = new WeakMap<object, unknown>();

const byJsonbOrder = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

function copyOf(value: object): object {
  if (Array.isArray(value)) return value.map((entry) => (entry === undefined ? null : throughJsonb<unknown>(entry)));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort(byJsonbOrder)) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry !== undefined) copy[key] = throughJsonb(entry);
  }
  return copy;
}

/** A value as it comes back from a jsonb column: keys shorter first, then by bytes; no undefined. Unchanged parts are shared. */
export function throughJsonb<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const known = kept.get(value);
  if (known !== undefined) return known as T;
  const copy = copyOf(value);
  kept.set(value, copy);
  kept.set(copy, copy);
  return copy as T;
}
