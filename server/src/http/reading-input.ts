import { DomainError } from '../platform/errors.ts';
import type { HttpEnv } from './http-env.ts';
import { validator } from 'hono-openapi';
import type * as v from 'valibot';

/** The refusal of an input: which part of the request, never what stood in it. */
const invalid = () => new DomainError('invalid', 'request.invalid', 'the request does not fit the interface');

export const jsonBody = <S extends v.GenericSchema>(schema: S) =>
  validator<S, 'json', HttpEnv, string>('json', schema, (result) => {
    if (!result.success) throw invalid();
  });

export const queryOf = <S extends v.GenericSchema>(schema: S) =>
  validator<S, 'query', HttpEnv, string>('query', schema, (result) => {
    if (!result.success) throw invalid();
  });

/** An id that is none names nothing: the same answer as an id nobody has. */
export const pathOf = <S extends v.GenericSchema>(schema: S, notFound: () => DomainError) =>
  validator<S, 'param', HttpEnv, string>('param', schema, (result) => {
    if (!result.success) throw notFound();
  });
