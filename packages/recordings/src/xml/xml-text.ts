import { refuse } from '../recording-error.ts';

/** Encodings read by name, in the words of TextDecoder. Chinese devices write GB 2312, GBK and GB 18030. */
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  // A file whose bytes are plainly not UTF-16 but still says so was re-saved by a tool that kept the declaration.
  'utf-16': 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  'windows-1252': 'windows-1252',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb18030: 'gb18030',
};

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);

/** By byte order mark, else by where the zero byte of the first `<` lies, else by the declaration, else UTF-8. */
function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x3c, 0x00)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0x00, 0x3c)) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{1,20})["']/.exec(head)?.[1];
  if (declared === undefined) return 'utf-8';
  return DECODERS[declared.toLowerCase()] ?? refuse('xml.encoding-unsupported');
}

/**
 * The text of an XML file, without its byte order mark. A byte that does not belong to the encoding refuses the file.
 * Source: XML 1.0 appendix F. Errors: xml.encoding-unsupported.
 */
export function decodeXmlText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse('xml.encoding-unsupported');
  }
}

/** Name of the root element without its prefix, looked for behind declaration, comments and blanks; else null. */
export function rootNameOf(text: string): string | null {
  let at = 0;
  const skipTo = (end: string): boolean => {
    const found = text.indexOf(end, at);
    at = found + end.length;
    return found >= 0;
  };
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) {
      if (!skipTo('?>')) return null;
    } else if (text.startsWith('<!--', at)) {
      if (!skipTo('-->')) return null;
    } else {
      return /^<(?:[\w.-]{1,40}:)?([\w.-]{1,80})[\s/>]/.exec(text.slice(at, at + 130))?.[1] ?? null;
    }
  }
}
