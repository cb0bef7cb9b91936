import * as v from 'valibot';
import {
  EventItem,
  GapItem,
  isEventItem,
  MAX_MESSAGE_BYTES,
  MediaItem,
  NumericsItem,
  PositionItem,
  type LaneItem,
  WaveformItem,
} from './lane-item.ts';
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import { readClinical } from './case-event.ts';
import { Epoch, VehicleId } from './ids.ts';
import { Lane, type Lane as LaneName } from './lane.ts';
import { SequenceNumber } from './quantities.ts';

/** Codes of what cannot be read. They travel in receipts and stand in the quarantine; never change one. */
export type UplinkRefusal =
  | 'uplink.oversize'
  | 'uplink.not-json'
  | 'uplink.not-cbor'
  | 'uplink.too-deep'
  | 'uplink.not-an-item'
  | 'uplink.wrong-vehicle'
  | 'uplink.wrong-lane'
  | 'uplink.event-invalid'
  | 'uplink.not-assigned'
  | 'uplink.vehicle-unknown'
  | 'uplink.vehicle-revoked'
  | 'uplink.row-refused';

/** The key of an item that could not be read whole, as far as it could: enough to receipt it as refused. */
export interface ItemKey {
  readonly vehicle: VehicleId;
  readonly epoch: Epoch;
  readonly lane: LaneName;
  readonly seq: number;
}

export type DecodedItem =
  | { readonly ok: true; readonly item: LaneItem }
  | { readonly ok: false; readonly code: UplinkRefusal; readonly key: ItemKey | null };

const KeyOnly = v.looseObject({ vehicle: VehicleId, epoch: Epoch, lane: Lane, seq: SequenceNumber });
const MAX_DEPTH = 32;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Nesting is counted on the text, before any parser builds the tree (faults.md H3). */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (isInString) {
      if (char === 92) at += 1;
      else if (char === 34) isInString = false;
    } else if (char === 34) isInString = true;
    else if (char === 91 || char === 123) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === 93 || char === 125) depth -= 1;
  }
  return false;
}

const suspicious = /\\u|__proto__|constructor|prototype/;
const unstorable = /\u0000|\p{Surrogate}/u;

function safeValue(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new SyntaxError('unsafe key');
  if (unstorable.test(key)) throw new SyntaxError('unstorable key');
  return typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}

/**
 * JSON from outside, with a bound on size and depth. Prototype keys refuse it; NUL and lone surrogates, which
 * PostgreSQL cannot hold, become U+FFFD in a value and refuse it in a key.
 */
export function parseBoundedJson(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false; code: UplinkRefusal } {
  if (bytes.length > MAX_MESSAGE_BYTES) return { ok: false, code: 'uplink.oversize' };
  try {
    const text = utf8.decode(bytes);
    if (isTooDeep(text)) return { ok: false, code: 'uplink.too-deep' };
    return { ok: true, value: JSON.parse(text, suspicious.test(text) ? safeValue : undefined) };
  } catch {
    return { ok: false, code: 'uplink.not-json' };
  }
}

const isBinary = (lane: LaneName): boolean => lane === 'wav' || lane === 'med';

function hasUnsafeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Object.entries(value).some(
    ([key, part]) => suspicious.test(key) || unstorable.test(key) || hasUnsafeKey(part),
  );
}

/** CBOR from outside: bounded by its size, maps with text keys only, each key once, no tags, nothing undefined. */
function parseBoundedCbor(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false; code: UplinkRefusal } {
  if (bytes.length > MAX_MESSAGE_BYTES) return { ok: false, code: 'uplink.oversize' };
  try {
    const value: unknown = decodeCbor(bytes, {
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      rejectDuplicateMapKeys: true,
    });
    return hasUnsafeKey(value) ? { ok: false, code: 'uplink.not-cbor' } : { ok: true, value };
  } catch {
    return { ok: false, code: 'uplink.not-cbor' };
  }
}

const schemaOf = (lane: LaneName, value: object) => {
  switch (lane) {
    case 'vit':
      return NumericsItem;
    case 'pos':
      return PositionItem;
    case 'wav':
      return WaveformItem;
    case 'med':
      return MediaItem;
    case 'evt':
      return 'gap' in value ? GapItem : EventItem;
  }
};

/** Reads an already parsed value as one item of `vehicle` on `lane`; nothing of it is guessed. */
export function readItem(value: unknown, vehicle: string, lane: LaneName): DecodedItem {
  const keyed = v.safeParse(KeyOnly, value);
  const key: ItemKey | null = keyed.success ? keyed.output : null;
  if (key && key.vehicle !== vehicle) return { ok: false, code: 'uplink.wrong-vehicle', key: null };
  if (!key || typeof value !== 'object' || value === null) return { ok: false, code: 'uplink.not-an-item', key: null };
  if (key.lane !== lane) return { ok: false, code: 'uplink.wrong-lane', key };
  if ('gap' in value && 'event' in value) return { ok: false, code: 'uplink.not-an-item', key };
  const parsed = v.safeParse(schemaOf(lane, value), value);
  if (!parsed.success) return { ok: false, code: 'uplink.not-an-item', key };
  const item = parsed.output;
  if (isEventItem(item)) {
    const { envelope, clinical } = item.event;
    if (readClinical(envelope.type, clinical) === 'invalid') return { ok: false, code: 'uplink.event-invalid', key };
  }
  return { ok: true, item };
}

/** One message of a lane, as bytes, from the vehicle its subject names. Total: never throws. */
export function decodeItem(bytes: Uint8Array, vehicle: string, lane: LaneName): DecodedItem {
  const parsed = isBinary(lane) ? parseBoundedCbor(bytes) : parseBoundedJson(bytes);
  return parsed.ok ? readItem(parsed.value, vehicle, lane) : { ok: false, code: parsed.code, key: null };
}

const encoder = new TextEncoder();
export const encodeItem = (item: LaneItem): Uint8Array =>
  isBinary(item.lane) ? encodeCbor(item) : encoder.encode(JSON.stringify(item));
