/** Encoders of signal(5), the inverse of `sample-format.ts`: values are what the file stores, sentinels as such. */
export const encode16 = (values: readonly number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer);

export const encode80 = (values: readonly number[]): Uint8Array => Uint8Array.from(values, (value) => value + 128);

export function encode212(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < values.length; at += 2) {
    const low = (values[at] ?? 0) & 0xfff;
    const next = values[at + 1];
    const high = (next ?? 0) & 0xfff;
    bytes.push(low & 0xff, (low >> 8) | ((high >> 8) << 4));
    if (next !== undefined) bytes.push(high & 0xff);
  }
  return Uint8Array.from(bytes);
}
