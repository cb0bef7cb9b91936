import sharp from 'sharp';

/** A photo of a printed page as a phone takes it: some megabytes of noise, grid and traces that do not compress well. */
export async function paperEcgPhoto(widthPx = 2_400, heightPx = 1_700): Promise<Uint8Array> {
  const pixels = Buffer.alloc(widthPx * heightPx * 3);
  let noise = 1;
  for (let at = 0; at < pixels.length; at += 3) {
    const x = (at / 3) % widthPx;
    const y = Math.floor(at / 3 / widthPx);
    noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648;
    const isGrid = x % 20 === 0 || y % 20 === 0;
    const isTrace = Math.abs(((y + 200 * Math.sin(x / 40)) % 400) - 200) < 3;
    const shade = isTrace ? 40 : 225 + (noise % 24);
    pixels[at] = shade;
    pixels[at + 1] = isGrid && !isTrace ? 170 : shade;
    pixels[at + 2] = isGrid && !isTrace ? 170 : shade;
  }
  const jpeg = await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return new Uint8Array(jpeg);
}
