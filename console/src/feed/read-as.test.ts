import { WsTicket } from '@pentad/protocol/http-api';
import { expect, test } from 'vitest';
import { readAll, readAs } from './read-as.ts';

const ticket = { ticket: 't', expiresAtMs: 1 };

test('a value that fits its schema is read, without what the schema does not know', () => {
  expect(readAs(WsTicket, { ...ticket, more: 1 })).toEqual(ticket);
});

test('a value that does not fit is refused', () => {
  for (const value of [null, undefined, 'x', {}, { ticket: 1, expiresAtMs: 1 }])
    expect(readAs(WsTicket, value)).toBeNull();
});

test('a list is refused whole when one item does not fit', () => {
  expect(readAll(WsTicket, [ticket, ticket])).toHaveLength(2);
  expect(readAll(WsTicket, [ticket, {}])).toBeNull();
  expect(readAll(WsTicket, ticket)).toBeNull();
});
