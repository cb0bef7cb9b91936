import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { CaseEvent, readClinical, type CaseEventType } from './case-event.ts';
import { Visibility } from './case-view.ts';
import { ClientMessage, FeedFrame, ServerMessage } from './console-feed.ts';
import { NumericsQuery } from './http-api.ts';
import * as http from './http-api.ts';
import { EventItem, LaneGap } from './lane-item.ts';
import { Answer } from './pre-alert.ts';
import { addLaterFields } from './testing/add-later-fields.ts';
import { boringClinical } from './testing/boring-clinical.ts';
import { vehicle } from './testing/boring-ids.ts';
import { goldenFiles, invalidFiles } from './testing/golden-files.ts';
import { closedWire, vehicleWire } from './testing/golden-schemas.ts';
import { decodeItem } from './uplink.ts';

const bytesOf = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));
const laneOfKind = { evt: 'evt', gap: 'evt', vit: 'vit', pos: 'pos' } as const;
const isItemKind = (kind: string): kind is keyof typeof laneOfKind => Object.hasOwn(laneOfKind, kind);

const onVehicleWire = goldenFiles.filter((file) => Object.hasOwn(vehicleWire, file.kind));
const onClosedWire = goldenFiles.filter((file) => Object.hasOwn(closedWire, file.kind));
const bodiesOf = (kind: string) => goldenFiles.filter((file) => file.kind === kind).map((file) => file.body);
const schemaOf = (kind: string) => vehicleWire[kind] ?? closedWire[kind] ?? v.never();

describe('golden messages', () => {
  test('every file belongs to a schema and every schema has a file', () => {
    const kinds = new Set(goldenFiles.map((file) => file.kind));
    expect([...kinds].sort()).toEqual([...Object.keys(vehicleWire), ...Object.keys(closedWire)].sort());
  });

  test.each(goldenFiles)('$name is read and comes back unchanged', ({ kind, body }) => {
    expect(v.parse(schemaOf(kind), body)).toEqual(body);
  });

  test.each(onVehicleWire)('$name keeps the fields of a newer writer (P18)', ({ kind, body }) => {
    const newer = addLaterFields(body);
    expect(v.parse(schemaOf(kind), newer)).toEqual(newer);
  });

  test.each(onClosedWire.filter((file) => /-input$|^client$/.test(file.kind) && file.kind !== 'http-uplink-input'))(
    '$name with a field nobody knows is refused',
    ({ kind, body }) => expect(v.safeParse(schemaOf(kind), addLaterFields(body)).success).toBe(false),
  );

  test.each(goldenFiles.filter((file) => isItemKind(file.kind)))(
    '$name is decoded from its bytes',
    ({ kind, body }) => {
      if (!isItemKind(kind)) return;
      expect(decodeItem(bytesOf(body), vehicle, laneOfKind[kind])).toEqual({ ok: true, item: body });
    },
  );
});

describe('the golden set is complete', () => {
  const typeOf = (body: unknown) => v.parse(EventItem, body).event.envelope.type;
  const valuesAt = (bodies: unknown[], field: string) =>
    new Set(bodies.map((body) => v.parse(v.record(v.string(), v.unknown()), body)[field]));

  test('every known event type has a message, and its clinical part is read', () => {
    const types = new Set(bodiesOf('evt').map(typeOf));
    const known = Object.keys(boringClinical) as CaseEventType[];
    expect(known.filter((type) => !types.has(type))).toEqual([]);
    for (const body of bodiesOf('evt')) {
      const { envelope, clinical } = v.parse(CaseEvent, v.parse(EventItem, body).event);
      const read = readClinical(envelope.type, clinical);
      if (envelope.type === 'drone.landed') expect(read).toBe('unknown-type');
      else expect(read).toMatchObject({ type: envelope.type });
    }
  });

  test('every kind of server message, client message and frame has a message', () => {
    const wanted = (options: readonly { entries: { type: { literal: string } } }[]) =>
      new Set(options.map((option) => option.entries.type.literal));
    expect(valuesAt(bodiesOf('server'), 'type')).toEqual(wanted(ServerMessage.options));
    expect(valuesAt(bodiesOf('client'), 'type')).toEqual(wanted(ClientMessage.options));
    expect(valuesAt(bodiesOf('feed-frame'), 'kind')).toEqual(
      new Set(FeedFrame.options.map((option) => option.entries.kind.literal)),
    );
  });

  test('a case frame stands there once for every visibility class', () => {
    const classes = bodiesOf('feed-frame')
      .map((body) => v.parse(FeedFrame, body))
      .map((frame) => frame.kind === 'case' && frame.case.visibility);
    expect(new Set(classes)).toEqual(new Set([...Visibility.options, false]));
  });

  test('every answer and every cause of a gap has a message', () => {
    expect(valuesAt(bodiesOf('http-answer-input'), 'answer')).toEqual(new Set(Answer.options));
    const gaps = valuesAt(bodiesOf('gap'), 'gap');
    expect(new Set([...gaps].map((gap) => v.parse(LaneGap, gap).cause))).toEqual(
      new Set(LaneGap.entries.cause.options),
    );
  });

  test('every HTTP body schema of http-api has a kind', () => {
    const bodies = Object.entries(http).filter(
      ([name, value]) => typeof value === 'object' && !['Role', 'NumericsQuery'].includes(name),
    );
    expect(bodies.filter(([, schema]) => !Object.values(closedWire).includes(schema)).map(([name]) => name)).toEqual(
      [],
    );
  });

  test('a numerics query is read from its texts, and refused with more in it', () => {
    expect(v.parse(NumericsQuery, { fromMs: '0', toMs: '1767225600000' })).toEqual({
      fromMs: 0,
      toMs: 1_767_225_600_000,
    });
    for (const bad of [
      { fromMs: '0' },
      { fromMs: '-1', toMs: '1' },
      { fromMs: '1e3', toMs: '1' },
      { fromMs: '0', toMs: '1', all: '1' },
    ]) {
      expect(v.safeParse(NumericsQuery, bad).success).toBe(false);
    }
  });
});

describe('golden refusals', () => {
  test.each(invalidFiles)('$name: $why', ({ bytes, vehicle: from, lane, code, isKeyed }) => {
    const decoded = decodeItem(bytes, from, lane);
    expect(decoded).toMatchObject({ ok: false, code });
    expect(!decoded.ok && decoded.key !== null).toBe(isKeyed);
  });

  test('every code that content alone can bring about has a message', () => {
    const codes = new Set(invalidFiles.map((file) => file.code));
    expect([...codes].sort()).toEqual([
      'uplink.event-invalid',
      'uplink.not-an-item',
      'uplink.not-json',
      'uplink.too-deep',
      'uplink.wrong-lane',
      'uplink.wrong-vehicle',
    ]);
  });
});
