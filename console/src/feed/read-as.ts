/** The part of a schema this page needs (Standard Schema): who wrote the schema is the protocol's business. */
export interface Readable<T> {
  readonly '~standard': {
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly output: T } | undefined;
  };
}

/** What a caller may hand to a schema, before it brands ids. */
export type InputOf<S extends { readonly '~standard': { readonly types?: { readonly input: unknown } | undefined } }> =
  NonNullable<S['~standard']['types']>['input'];

interface Verdict<T> {
  readonly value?: T;
  readonly issues?: readonly unknown[] | undefined;
}

/** A value that fits the schema, or null: nothing is cast from JSON. Schemas of the wire accept no null at the top. */
export function readAs<T>(schema: Readable<T>, value: unknown): T | null {
  const verdict = schema['~standard'].validate(value) as Verdict<T>;
  return verdict.issues === undefined && verdict.value !== undefined ? verdict.value : null;
}

/** A list is refused whole when one of its items cannot be read. */
export function readAll<T>(schema: Readable<T>, value: unknown): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  const items = value.map((item) => readAs(schema, item));
  return items.every((item) => item !== null) ? items : null;
}
