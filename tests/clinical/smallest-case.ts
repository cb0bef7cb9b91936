import type { PlainCase } from '@pentad/auditor-rules/plain-case';

type Part = readonly [group: 'items' | 'vitals' | 'patient' | 'case', name: string];

const partsOf = (plain: PlainCase): readonly Part[] => {
  const { items, vitals, patient, ...rest } = plain;
  const answered = (group: Part[0], record: object): readonly Part[] =>
    Object.entries(record).flatMap(([name, value]) => (value === null ? [] : [[group, name] as const]));
  const itemParts = Object.keys(items).map((name) => ['items', name] as const);
  return [...itemParts, ...answered('vitals', vitals), ...answered('patient', patient), ...answered('case', rest)];
};

function without(plain: PlainCase, parts: readonly Part[]): PlainCase {
  const dropped = (group: Part[0]): ReadonlySet<string> =>
    new Set(parts.filter(([of]) => of === group).map(([, name]) => name));
  const nulled = <T extends object>(record: T, names: ReadonlySet<string>): T => ({
    ...record,
    ...Object.fromEntries([...names].map((name) => [name, null])),
  });
  const items = dropped('items');
  return nulled(
    {
      ...plain,
      items: Object.fromEntries(Object.entries(plain.items).filter(([name]) => !items.has(name))),
      vitals: nulled(plain.vitals, dropped('vitals')),
      patient: nulled(plain.patient, dropped('patient')),
    },
    dropped('case'),
  );
}

/** Answers left out, many at a time and then one by one, as long as it still differs in this way. */
export function smallestCase(plain: PlainCase, stillDiffers: (smaller: PlainCase) => boolean): PlainCase {
  let smallest = plain;
  for (let size = Math.ceil(partsOf(plain).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    let from = 0;
    while (from < partsOf(smallest).length) {
      const candidate = without(smallest, partsOf(smallest).slice(from, from + size));
      if (stillDiffers(candidate)) smallest = candidate;
      else from += size;
    }
  }
  return smallest;
}
