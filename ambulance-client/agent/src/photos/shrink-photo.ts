import { URGENT_MEDIA_BYTES } from '@pentad/protocol/media';
import sharp from 'sharp';
import { AgentError } from '../agent-error.ts';

/** A phone's camera has some 50 million; what is far beyond is a bomb. */
const MAX_PIXELS = 120_000_000;
/** Wide enough for the small squares of a 12-lead page: tried in this order until the picture is small enough. */
const steps = [
  { widthPx: 2_000, quality: 80 },
  { widthPx: 2_000, quality: 60 },
  { widthPx: 1_600, quality: 60 },
  { widthPx: 1_600, quality: 45 },
  { widthPx: 1_280, quality: 45 },
  { widthPx: 1_024, quality: 35 },
  { widthPx: 800, quality: 30 },
] as const;

/**
 * The picture that rides right behind events: JPEG of 180 KB at most (design decision 6), upright, without the camera's
 * place, time and serial number. One that is small and plain enough already is made anew all the same.
 * @throws AgentError invalid `photo.unreadable` or `photo.too-big`
 */
export async function shrinkPhoto(photo: Uint8Array): Promise<Uint8Array> {
  for (const { widthPx, quality } of steps) {
    const jpeg = await sharp(photo, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: widthPx, height: widthPx, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer()
      .catch(() => {
        throw new AgentError('invalid', 'photo.unreadable');
      });
    if (jpeg.length <= URGENT_MEDIA_BYTES) return new Uint8Array(jpeg);
  }
  throw new AgentError('invalid', 'photo.too-big');
}
