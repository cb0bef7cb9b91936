import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { streamPlans } from './subjects.ts';
import { isSchema, shapeOf } from './testing/schema-shape.ts';
import { PROTOCOL_VERSION } from './version.ts';

const source = new URL('.', import.meta.url);
const committedFile = new URL('../fixtures/schema-hash.json', import.meta.url);
const Committed = v.strictObject({ protocol: v.number(), hash: v.string() });

const isTestless = (name: string) => name.endsWith('.ts') && !name.endsWith('.test.ts');

/** Every schema any module of the protocol exports, by module and name; tables of schemas (event types, ranges) entry by entry. */
async function wireShape(): Promise<Record<string, unknown>> {
  const shape: Record<string, unknown> = { streamPlans };
  for (const file of readdirSync(source).filter(isTestless).sort()) {
    const exported: Record<string, unknown> = await import(new URL(file, source).href);
    for (const [name, value] of Object.entries(exported)) {
      const isTable = typeof value === 'object' && value !== null && Object.values(value).some(isSchema);
      if (isSchema(value) || isTable) shape[`${file}:${name}`] = shapeOf(value);
    }
  }
  return shape;
}

const hashOf = (shape: unknown) => createHash('sha256').update(JSON.stringify(shape)).digest('hex');

test('the wire is the one this PROTOCOL_VERSION names', async () => {
  const current = { protocol: PROTOCOL_VERSION, hash: hashOf(await wireShape()) };
  if (process.env.UPDATE_SCHEMA_HASH === '1') writeFileSync(committedFile, `${JSON.stringify(current, null, 2)}\n`);
  const committed = v.parse(Committed, JSON.parse(readFileSync(committedFile, 'utf8')));
  expect(
    current,
    'The schemas of the wire changed. If a message another version writes or reads is touched, raise PROTOCOL_VERSION ' +
      '(packages/protocol/src/version.ts). Then, or if nothing on the wire changed, write the new hash: ' +
      'UPDATE_SCHEMA_HASH=1 npx vitest run packages/protocol/src/version.test.ts',
  ).toEqual(committed);
});

test('the hash sees every schema: modules of the wire, tables of event types, ranges', async () => {
  const names = Object.keys(await wireShape());
  for (const name of [
    'lane-item.ts:EventItem',
    'case-event-types.ts:clinicalByType',
    'quantities.ts:measuredRange',
    'receipt.ts:Receipt',
    'console-feed.ts:ServerMessage',
    'http-api.ts:AnswerInput',
    'ask.ts:AskHello',
    'downlink.ts:DownlinkPage',
  ]) {
    expect(names).toContain(name);
  }
});

test.each<[string, v.GenericSchema, v.GenericSchema]>([
  ['a pattern', v.pipe(v.string(), v.regex(/^a$/)), v.pipe(v.string(), v.regex(/^b$/))],
  ['a range', v.pipe(v.number(), v.minValue(0)), v.pipe(v.number(), v.minValue(1))],
  ['a word of a list', v.picklist(['a', 'b']), v.picklist(['a', 'c'])],
  ['a literal', v.literal('a'), v.literal('b')],
  ['strictness', v.object({ a: v.string() }), v.strictObject({ a: v.string() })],
  ['openness', v.object({ a: v.string() }), v.looseObject({ a: v.string() })],
  ['null', v.string(), v.nullable(v.string())],
  ['absence', v.object({ a: v.string() }), v.object({ a: v.optional(v.string()) })],
  ['a default', v.optional(v.string(), 'a'), v.optional(v.string(), 'b')],
  ['a key of a record', v.record(v.string(), v.string()), v.record(v.picklist(['a']), v.string())],
  [
    'something deep',
    v.array(v.variant('k', [v.object({ k: v.literal('a'), n: v.number() })])),
    v.array(v.variant('k', [v.object({ k: v.literal('a'), n: v.string() })])),
  ],
  ['a length', v.pipe(v.array(v.string()), v.maxLength(1)), v.pipe(v.array(v.string()), v.maxLength(2))],
  [
    'a check',
    v.pipe(
      v.string(),
      v.check(() => true, 'one'),
    ),
    v.pipe(
      v.string(),
      v.check(() => true, 'other'),
    ),
  ],
])('the hash sees %s', (_what, one, other) => expect(hashOf(shapeOf(one))).not.toBe(hashOf(shapeOf(other))));

test('the hash does not see the order in which fields are written down', () => {
  const one = v.object({ a: v.string(), b: v.number() });
  expect(hashOf(shapeOf(v.object({ b: v.number(), a: v.string() })))).toBe(hashOf(shapeOf(one)));
});
