import { describe, expect, test } from 'vitest';
import { classifySqlError, uniqueViolation } from './sql-errors.ts';

const sqlError = (code: unknown, message = 'refused') => Object.assign(new Error(message), { code });

describe('N11: an error of the database is', () => {
  test.each([
    ['08006', 'connection_failure'],
    ['25006', 'read_only_sql_transaction'],
    ['25P03', 'idle_in_transaction_session_timeout'],
    ['40001', 'serialization_failure'],
    ['40P01', 'deadlock_detected'],
    ['53100', 'disk_full'],
    ['53300', 'too_many_connections'],
    ['55P03', 'lock_not_available'],
    ['57014', 'query_canceled'],
    ['57P01', 'admin_shutdown'],
    ['58030', 'io_error'],
  ])('transient: %s %s', (code) => {
    expect(classifySqlError(sqlError(code))).toBe('transient');
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ECONNABORTED'])(
    'transient: the socket says %s',
    (code) => {
      expect(classifySqlError(sqlError(code))).toBe('transient');
    },
  );

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('transient: the driver says "%s"', (message) => {
    expect(classifySqlError(new Error(message))).toBe('transient');
  });

  test.each([
    ['22003', 'numeric_value_out_of_range'],
    ['22021', 'character_not_in_repertoire'],
    ['22P05', 'untranslatable_character'],
    ['23502', 'not_null_violation'],
    ['23503', 'foreign_key_violation'],
    ['23505', 'unique_violation'],
    ['23514', 'check_violation'],
    ['XX001', 'data_corrupted'],
  ])('of the data: %s %s', (code) => {
    expect(classifySqlError(sqlError(code))).toBe('data');
  });

  test.each([
    ['42501', 'insufficient_privilege: ours to mend'],
    ['42P01', 'undefined_table'],
    ['25P02', 'in_failed_sql_transaction'],
    ['0A000', 'feature_not_supported'],
    ['ERR_INVALID_ARG_TYPE', 'of Node'],
  ])('a bug: %s %s', (code) => {
    expect(classifySqlError(sqlError(code))).toBe('bug');
  });

  test.each([
    new Error('undefined is not a function'),
    new TypeError('x'),
    'connection',
    null,
    undefined,
    { code: '08006' },
    sqlError(8_006),
  ])('a bug, not an outage: %s', (error) => {
    expect(classifySqlError(error)).toBe('bug');
  });
});

test('a unique violation names its constraint; other errors have none', () => {
  expect(uniqueViolation(Object.assign(sqlError('23505'), { constraint: 'pre_alert_one_open' }))).toBe(
    'pre_alert_one_open',
  );
  expect(uniqueViolation(sqlError('23505'))).toBe('unknown');
  expect(uniqueViolation(sqlError('23503'))).toBeNull();
  expect(uniqueViolation('23505')).toBeNull();
});
