type Part = Readonly<Record<string, unknown>>;
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isSchema = (value: unknown): value is Part => isPart(value) && value.kind === 'schema';

/** What of a valibot object says what it admits. Messages, references and functions say nothing that can be compared. */
const telling = [
  'kind',
  'type',
  'name',
  'key',
  'literal',
  'options',
  'entries',
  'item',
  'items',
  'rest',
  'value',
  'wrapped',
  'default',
  'requirement',
  'pipe',
];

/**
 * A plain description of a schema: types, keys, ranges, patterns, in a form that is the same whenever the schema
 * admits the same. A check or transform that is a function is named by its message or type alone.
 */
export function shapeOf(value: unknown): unknown {
  if (value instanceof RegExp) return `/${value.source}/${value.flags}`;
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'function') return '(function)';
  if (typeof value === 'bigint' || typeof value === 'symbol') return value.toString();
  if (!isPart(value)) return value === undefined ? '(undefined)' : value;
  if ('kind' in value && 'type' in value) return shapeOfSchema(value);
  const entries = Object.entries(value).map(([key, part]) => [key, shapeOf(part)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shapeOfSchema(schema: Part): unknown {
  const said = telling.filter((key) => schema[key] !== undefined);
  const shape = said.map((key) => [key, key === 'pipe' ? pipeOf(schema) : shapeOf(schema[key])] as const);
  const message =
    typeof schema.message === 'string' && schema.type === 'check' ? [['message', schema.message] as const] : [];
  return Object.fromEntries([...shape, ...message].filter(([, part]) => part !== undefined));
}

/** The first member of a pipe is the schema itself; describing it again would not end. */
const pipeOf = (schema: Part): unknown => (Array.isArray(schema.pipe) ? schema.pipe.slice(1).map(shapeOf) : undefined);
