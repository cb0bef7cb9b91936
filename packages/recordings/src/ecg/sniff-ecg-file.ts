import { decodeXmlText, rootNameOf } from '../xml/xml-text.ts';

export const ecgFileKinds = [
  'philips-xml',
  'hl7-aecg',
  'wfdb-header',
  'dicom',
  'scp',
  'pdf',
  'jpeg',
  'png',
  'unknown',
] as const;
export type EcgFileKind = (typeof ecgFileKinds)[number];

/** Comments may stand before the root; a root later than this is not looked for. Even: UTF-16 is not cut in a unit. */
const HEAD_BYTES = 65_536;
const SCP_SECTION_0_BYTES = 120;

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

const signatures: readonly { readonly kind: EcgFileKind; readonly at: number; readonly text: string }[] = [
  { kind: 'pdf', at: 0, text: '%PDF-' },
  { kind: 'png', at: 0, text: '\x89PNG\r\n\x1a\n' },
  { kind: 'jpeg', at: 0, text: '\xff\xd8\xff' },
  // DICOM PS3.10: 128 bytes of preamble, then the prefix.
  { kind: 'dicom', at: 128, text: 'DICM' },
];

/**
 * SCP-ECG (EN 1064): checksum, length of the whole record (uint32 at 2), then section 0 with its number and length and
 * the letters SCPECG, which older devices leave blank.
 */
function isScp(bytes: Uint8Array): boolean {
  if (bytes.length < SCP_SECTION_0_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isSectionZero = view.getUint16(8, true) === 0 && view.getUint32(10, true) >= SCP_SECTION_0_BYTES;
  return isSectionZero && (view.getUint32(2, true) === bytes.length || latin1(bytes, 16, 22) === 'SCPECG');
}

function xmlKind(bytes: Uint8Array): EcgFileKind | null {
  let root: string | null;
  try {
    // Cut where the last character surely is whole: a multi-byte character ends before the last `>`.
    const head = bytes.subarray(0, HEAD_BYTES);
    root = rootNameOf(decodeXmlText(bytes.length > HEAD_BYTES ? head.subarray(0, wholeEnd(head)) : head));
  } catch {
    return null;
  }
  if (root === 'restingecgdata') return 'philips-xml';
  return root === 'AnnotatedECG' ? 'hl7-aecg' : null;
}

/** Just behind the last `>`, with its zero byte where the file is UTF-16 little-endian. */
function wholeEnd(head: Uint8Array): number {
  const last = head.lastIndexOf(0x3e);
  return head[last + 1] === 0 && last % 2 === 0 ? last + 2 : last + 1;
}

/** A record line with a sampling rate, and nothing but text before it. */
function isWfdbHeader(bytes: Uint8Array): boolean {
  const lines = latin1(bytes, 0, 2_048).split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#'));
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/\d+)?[ \t]+\d{1,2}[ \t]+\d+(\.\d+)?([ \t/(]|$)/.test(first ?? '');
}

/** Says what kind of file the bytes are, by their content alone. Never throws. */
export function sniffEcgFile(bytes: Uint8Array): EcgFileKind {
  const signed = signatures.find(({ at, text }) => latin1(bytes, at, at + text.length) === text);
  if (signed !== undefined) return signed.kind;
  if (isScp(bytes)) return 'scp';
  return xmlKind(bytes) ?? (isWfdbHeader(bytes) ? 'wfdb-header' : 'unknown');
}
