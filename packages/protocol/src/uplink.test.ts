import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventItem, isEventItem, isGapItem, MAX_MESSAGE_BYTES } from './lane-item.ts';
import { lanes } from './lane.ts';
import { epoch, vehicle, vehicleIdOf } from './testing/boring-ids.ts';
import { event, eventItem, gapItem, numericsItem, positionItem, rawEvent } from './testing/builders.ts';
import { decodeItem, encodeItem, parseBoundedJson, readItem } from './uplink.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const item = () => eventItem(4, event('onset.recorded'));
const key = { vehicle, epoch, lane: 'evt', seq: 4 };
const refused = (code: string, itsKey: object | null = null) => ({
  ok: false,
  code,
  key: itsKey === null ? null : expect.objectContaining(itsKey),
});
const decode = (text: string) => decodeItem(bytesOf(text), vehicle, 'evt');
/** The item's JSON with `field` put raw into its clinical part. */
const withField = (field: string) => JSON.stringify(item()).replace('"clinical":{', `"clinical":{${field},`);
const clinicalOf = (text: string) => {
  const decoded = decode(text);
  return decoded.ok && isEventItem(decoded.item) ? decoded.item.event.clinical : decoded;
};

test('every kind of item comes back from its bytes as it was', () => {
  for (const given of [item(), gapItem(2)])
    expect(decodeItem(encodeItem(given), vehicle, 'evt')).toEqual({ ok: true, item: given });
  expect(decodeItem(encodeItem(numericsItem(3)), vehicle, 'vit')).toEqual({ ok: true, item: numericsItem(3) });
  expect(decodeItem(encodeItem(positionItem(3)), vehicle, 'pos')).toEqual({ ok: true, item: positionItem(3) });
  expect([isGapItem(gapItem(2)), isEventItem(gapItem(2)), isGapItem(item()), isEventItem(item())]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('any text a crew may seal comes back, but for what PostgreSQL cannot hold (H3)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (note) => {
      const given = eventItem(1, { ...event('case.opened'), sealed: { note } });
      const decoded = decodeItem(encodeItem(given), vehicle, 'evt');
      const stored = note.replaceAll('\u0000', '\uFFFD');
      expect(decoded).toMatchObject({ ok: true, item: { event: { sealed: { note: stored } } } });
    }),
  );
});

describe('bounds (H2, H3)', () => {
  test('256 KiB is read, one byte more is oversize', () => {
    const text = JSON.stringify({ ...item(), padding: '' });
    const padded = (bytes: number) => text.replace('"padding":""', `"padding":"${'x'.repeat(bytes - text.length)}"`);
    expect(decode(padded(MAX_MESSAGE_BYTES))).toMatchObject({ ok: true });
    expect(decode(padded(MAX_MESSAGE_BYTES + 1))).toEqual(refused('uplink.oversize'));
    expect(decodeItem(new Uint8Array(64 << 20), vehicle, 'evt')).toEqual(refused('uplink.oversize'));
  });

  test('32 levels are read, 33 are not; a depth bomb of 100,000 costs nothing', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(clinicalOf(withField(`"deep":${nested(29)}`))).toHaveProperty('deep');
    expect(decode(withField(`"deep":${nested(30)}`))).toEqual(refused('uplink.too-deep'));
    for (const bomb of ['['.repeat(100_000), '{"a":'.repeat(40_000), nested(100_000)])
      expect(decode(bomb)).toEqual(refused('uplink.too-deep'));
  });

  test('brackets inside a text are no depth, whatever is escaped there', () => {
    expect(clinicalOf(withField(`"note":"${'['.repeat(200)}\\"${'{'.repeat(200)}\\\\"`))).toHaveProperty('note');
  });

  test('20,000 keys are read', () => {
    const fields = Array.from({ length: 20_000 }, (_, n) => `"k${n}":1`).join();
    expect(Object.keys(clinicalOf(withField(fields)))).toHaveLength(20_003);
  });

  test('of a key given twice the last counts', () => {
    expect(clinicalOf(withField('"kind":"nonsense"'))).toMatchObject({ kind: 'onset' });
  });
});

describe('text that is not text (H3)', () => {
  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong NUL', [0x22, 0xc0, 0x80, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a cut sequence', [0x22, 0xe6, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
    ['a raw NUL in a string', [0x22, 0x00, 0x22]],
  ])('%s is not JSON', (_what, bytes) => {
    expect(decodeItem(Uint8Array.from(bytes), vehicle, 'evt')).toEqual(refused('uplink.not-json'));
  });

  test.each([
    ['NUL', '\\u0000', '\uFFFD'],
    ['a high surrogate alone', 'a\\ud83dz', 'a\uFFFDz'],
    ['a low surrogate alone', '\\ude91', '\uFFFD'],
    ['surrogates the wrong way round', '\\ude91\\ud83d', '\uFFFD\uFFFD'],
    ['a pair', '\\ud83d\\ude91', '🚑'],
    ['the word constructor', 'constructor __proto__ prototype', 'constructor __proto__ prototype'],
  ])('%s in a value', (_what, escaped, value) => {
    expect(clinicalOf(withField(`"note":"${escaped}"`))).toMatchObject({ note: value });
    expect(clinicalOf(withField(`"list":[{"note":"${escaped}"}]`))).toMatchObject({ list: [{ note: value }] });
  });

  test.each(['a\\u0000', '\\ud800', 'x\\udc00'])(
    '%s in a key refuses the message: PostgreSQL cannot hold it',
    (name) => {
      expect(decode(withField(`"${name}":1`))).toEqual(refused('uplink.not-json'));
      expect(decode(withField(`"list":[{"${name}":1}]`))).toEqual(refused('uplink.not-json'));
    },
  );
});

describe('prototype keys (H5)', () => {
  test.each([
    '__proto__',
    'constructor',
    'prototype',
    '\\u005f_proto__',
    '\\u005F\\u005Fproto\\u005f\\u005f',
    'c\\u006fnstructor',
    'protot\\u0079pe',
  ])('%s refuses the message at any depth, and nothing is polluted', (name) => {
    for (const field of [`"${name}":{"isAdmin":true}`, `"list":[{"deep":{"${name}":1}}]`]) {
      expect(decode(withField(field))).toEqual(refused('uplink.not-json'));
      expect(parseBoundedJson(bytesOf(`{${field}}`))).toEqual({ ok: false, code: 'uplink.not-json' });
    }
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
  });
});

describe('whose item it is (H12)', () => {
  test('an item of another vehicle has no key here: nothing of that vehicle is receipted by it', () => {
    expect(decodeItem(encodeItem(item()), vehicleIdOf(2), 'evt')).toEqual(refused('uplink.wrong-vehicle'));
    expect(readItem({ ...key, vehicle: vehicleIdOf(2) }, vehicle, 'evt')).toEqual(refused('uplink.wrong-vehicle'));
  });

  test('an item on the lane of another is refused under its own key', () => {
    expect(decodeItem(encodeItem(item()), vehicle, 'vit')).toEqual(refused('uplink.wrong-lane', key));
  });

  test('what has a key and cannot be read is refused under that key, and only the key is told', () => {
    const decoded = readItem({ ...key, name: 'a name' }, vehicle, 'evt');
    expect(decoded).toEqual(refused('uplink.not-an-item', key));
  });

  test('an unknown event type is accepted raw, a known one that does not fit is not', () => {
    expect(decodeItem(encodeItem(eventItem(4, rawEvent('drone.landed', { x: [1] }))), vehicle, 'evt')).toMatchObject({
      ok: true,
    });
    expect(decodeItem(encodeItem(eventItem(4, rawEvent('onset.recorded', {}))), vehicle, 'evt')).toEqual(
      refused('uplink.event-invalid', key),
    );
  });
});

describe('never throws (H1)', () => {
  const someLane = fc.constantFrom(...lanes);
  const wellBehaved = (bytes: Uint8Array, lane: (typeof lanes)[number]) => {
    const decoded = decodeItem(bytes, vehicle, lane);
    if (decoded.ok) expect(decoded.item).toMatchObject({ vehicle, lane });
    else expect(decoded.code).toMatch(/^uplink\./);
  };

  test('on random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), someLane, wellBehaved), { numRuns: 2_000 });
  });

  test('on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), someLane, (text, lane) => wellBehaved(bytesOf(text), lane)),
      { numRuns: 1_000 },
    );
  });

  test('on a valid message with some bytes changed', () => {
    const valid = fc.constantFrom(item(), gapItem(2), numericsItem(3), positionItem(4));
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(valid, changes, (given, drawn) => {
        const bytes = encodeItem(given);
        for (const [at, byte] of drawn) bytes[at % bytes.length] = byte;
        wellBehaved(bytes, given.lane);
      }),
      { numRuns: 2_000 },
    );
  });

  test('on a valid item with fields of any kind replaced', () => {
    const fields = [...Object.keys(EventItem.entries), 'gap', 'vitals', 'times', 'position', 'caseId', 'patientSlot'];
    const valid = fc.constantFrom(item(), gapItem(2), numericsItem(3), positionItem(4));
    fc.assert(
      fc.property(valid, fc.dictionary(fc.constantFrom(...fields), fc.anything(), { maxKeys: 3 }), (given, bad) => {
        expect(readItem({ ...given, ...bad }, vehicle, given.lane)).toHaveProperty('ok');
      }),
      { numRuns: 1_000 },
    );
  });
});
