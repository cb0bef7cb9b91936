import * as v from 'valibot';
import { Sha256 } from './quantities.ts';

/** Half of what the broker takes at most; a chunk is smaller where that is more than a second of the link. */
export const MAX_CHUNK_BYTES = 131_072;
export const MIN_CHUNK_BYTES = 1_024;
export const MAX_MEDIA_BYTES = 64 * 1_048_576;
/** A picture up to this size rides right behind events (design decision 6). */
export const URGENT_MEDIA_BYTES = 180 * 1_024;

export const mediaTypes = ['image/jpeg', 'image/png', 'application/pdf', 'application/xml', 'audio/ogg'] as const;
export type MediaType = (typeof mediaTypes)[number];

/**
 * One piece of a picture or document, named by the hash of the whole: the same content sent twice is one, and what came
 * across stays across. What it is and whom it shows stands in the case's log (`ecg.recorded`, `media.recorded`).
 */
export const MediaChunk = v.pipe(
  v.looseObject({
    sha256: Sha256,
    mediaType: v.picklist(mediaTypes),
    totalBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_MEDIA_BYTES)),
    offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_MEDIA_BYTES)),
    bytes: v.instance(Uint8Array),
  }),
  v.check(
    ({ totalBytes, offset, bytes }) =>
      bytes.length > 0 && bytes.length <= MAX_CHUNK_BYTES && offset + bytes.length <= totalBytes,
    'media.length',
  ),
);
export type MediaChunk = v.InferOutput<typeof MediaChunk>;
