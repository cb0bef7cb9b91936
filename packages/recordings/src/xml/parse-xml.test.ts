import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf, utf16, utf8 } from '../refusal.fixture.ts';
import { parseXml } from './parse-xml.ts';
import { attributeOf, descendantsOf, schemaTypeOf, textAt } from './xml-element.ts';
import { rootNameOf } from './xml-text.ts';

const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>`;

describe('an XML document', () => {
  test('becomes elements without prefixes, text and attributes', () => {
    const root = parseXml(utf8('<h:a xmlns:h="u" k=" v "><h:b x:type="PQ"> t&lt;1 <![CDATA[&]]></h:b><c/></h:a>'));
    expect(root.name).toBe('a');
    expect(attributeOf(root, 'k')).toBe('v');
    expect(textAt(root, 'b')).toBe('t<1 &');
    expect(textAt(root, 'c')).toBeNull();
    expect(descendantsOf(root, 'b').map(schemaTypeOf)).toEqual(['PQ']);
  });

  const chinese = '<?xml version="1.0" encoding="gb2312"?><a>';
  test.each([
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('<a>窦性</a>'))],
    ['UTF-16 little-endian', utf16('<?xml version="1.0" encoding="utf-16"?><a>窦性</a>')],
    ['UTF-16 without a mark', utf16('<a>窦性</a>').subarray(2)],
    ['UTF-8 that still says UTF-16', utf8('<?xml version="1.0" encoding="utf-16"?><a>窦性</a>')],
    ['GB 2312', Uint8Array.of(...utf8(chinese), 0xf1, 0xbc, 0xd0, 0xd4, ...utf8('</a>'))],
  ])('is read in %s', (_, bytes) => {
    expect(parseXml(bytes).text).toBe('窦性');
  });

  test.each([
    ['of no bytes', new Uint8Array(), 'recording.empty'],
    ['with a document type', utf8(bomb), 'xml.doctype-refused'],
    ['with an unknown entity', utf8('<a>&b;</a>'), 'xml.malformed'],
    ['cut short', utf8('<a><b></b>'), 'xml.malformed'],
    ['with two roots', utf8('<a/><b/>'), 'xml.malformed'],
    ['that is no XML', utf8('hello'), 'xml.malformed'],
    [
      'in an encoding we do not read',
      utf8('<?xml version="1.0" encoding="ebcdic-cp-us"?><a/>'),
      'xml.encoding-unsupported',
    ],
    ['with a byte that is no UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xff), 'xml.encoding-unsupported'],
    ['nested 65 deep', utf8('<a>'.repeat(65) + '</a>'.repeat(65)), 'xml.too-complex'],
    ['of 200001 elements', utf8(`<a>${'<b/>'.repeat(200_000)}</a>`), 'xml.too-complex'],
    ['of more than 16 MiB', new Uint8Array(16 * 1024 * 1024 + 1), 'recording.too-large'],
  ])('%s is refused', (_, bytes, code) => {
    expect(refusalOf(() => parseXml(bytes))).toBe(code);
  });

  test('nested 64 deep is read', () => {
    expect(parseXml(utf8('<a>'.repeat(64) + '</a>'.repeat(64))).name).toBe('a');
  });

  test('of random text is read or refused', () => {
    const part = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="1"/>',
      '&amp;',
      '&#0;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      'é',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => void refusalOf(() => parseXml(utf8(parts.join(''))))),
    );
  });

  test.each([
    ['<a>', 'a'],
    ['<?xml version="1.0"?>\n<!-- <b> -->\n<x:restingecgdata y="">', 'restingecgdata'],
    ['<!-- never closed <a>', null],
    ['<!DOCTYPE a><a>', null],
    ['', null],
  ])('%j has the root %j', (text, name) => {
    expect(rootNameOf(text)).toBe(name);
  });
});
