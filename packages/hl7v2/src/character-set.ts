/**
 * MSH-18, HL7 table 0211. `null`: not a set this reader knows, and its bytes are not guessed at.
 * ASCII (also what an empty field means), 8859/n, UNICODE UTF-8, GB 18030-2000; and, as vendors spell them, UTF-8, UTF8,
 * ISO-8859-n, ISO8859-n, GB18030, GBK, GB2312 (both subsets of GB 18030).
 */
export type CharacterSet = 'ascii' | 'latin1' | 'utf-8' | 'gb18030' | `iso-8859-${number}`;

const decodable8859 = new Set([2, 3, 4, 5, 6, 7, 8, 15]);

export function characterSetOf(declared: string): CharacterSet | null {
  const name = declared.trim().toUpperCase();
  if (name === '' || name === 'ASCII' || name === 'US-ASCII') return 'ascii';
  if (/^(UNICODE )?UTF-?8$/.test(name)) return 'utf-8';
  if (/^GB ?18030(-20\d\d)?$/.test(name) || name === 'GBK' || name === 'GB2312') return 'gb18030';
  const part = /^(?:ISO[ -]?)?8859[/-](\d{1,2})$/.exec(name)?.[1];
  if (part === '1') return 'latin1';
  return part !== undefined && decodable8859.has(Number(part)) ? `iso-8859-${Number(part)}` : null;
}

const CHUNK = 8_192;

/** One character a byte, so that ASCII can be read whatever the set turns out to be. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

/** Bytes that are not of the set become U+FFFD. Null: this build of the runtime lacks the set. */
export function decodeText(bytes: Uint8Array, set: CharacterSet): string | null {
  if (set === 'latin1') return decodeLatin1(bytes);
  if (set === 'ascii') return decodeLatin1(bytes).replaceAll(/[\u0080-\u00ff]/g, '\ufffd');
  try {
    return new TextDecoder(set).decode(bytes);
  } catch {
    return null;
  }
}
