/** Records keyed by data, not by field names: nothing can be "added later" to them. */
const closedRecords = new Set(['sealed', 'highest', 'waiting']);

/** The same message as a newer writer would send it: every object in it carries one field nobody knows yet. */
export function addLaterFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(addLaterFields);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    closedRecords.has(key) ? part : addLaterFields(part),
  ]);
  return { ...Object.fromEntries(entries), addedLaterCount: 7 };
}
