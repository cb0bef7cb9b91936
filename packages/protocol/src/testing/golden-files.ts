import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const folder = fileURLToPath(new URL('../../fixtures/v1', import.meta.url));

/** `<kind>.<what>.json`: `kind` names the schema (golden-schemas.ts), `what` the one message in it. */
export interface GoldenFile {
  readonly name: string;
  readonly kind: string;
  readonly body: unknown;
}

const jsonIn = (path: string): { name: string; content: unknown }[] =>
  (existsSync(path) ? readdirSync(path) : [])
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, content: v.parse(v.unknown(), JSON.parse(readFileSync(join(path, name), 'utf8'))) }));

export const goldenFiles: readonly GoldenFile[] = jsonIn(folder).map(({ name, content }) => ({
  name,
  kind: name.slice(0, name.indexOf('.')),
  body: content,
}));

/** `body` as text: those bytes exactly. As an object: its JSON. */
const InvalidFile = v.strictObject({
  why: v.string(),
  code: v.string(),
  lane: v.picklist(['evt', 'vit', 'pos', 'wav', 'med']),
  vehicle: v.string(),
  isKeyed: v.boolean(),
  body: v.unknown(),
});

export const invalidFiles = jsonIn(join(folder, 'invalid')).map(({ name, content }) => {
  const file = v.parse(InvalidFile, content);
  const text = typeof file.body === 'string' ? file.body : JSON.stringify(file.body);
  return { name, ...file, bytes: new TextEncoder().encode(text) };
});
