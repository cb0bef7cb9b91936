import { SaxesParser } from 'saxes';
import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import type { XmlElement } from './xml-element.ts';
import { decodeXmlText } from './xml-text.ts';

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly text: string[];
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses a document into elements. Well-formed or refused. The tokenizer (saxes) defines no entity from a document type
 * and expands none but the five of XML and character references; a document type is refused all the same.
 * Errors: recording.empty, recording.too-large, xml.encoding-unsupported, xml.doctype-refused, xml.malformed,
 * xml.too-complex (depth or number of elements).
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.length === 0) return refuse('recording.empty');
  if (bytes.length > recordingLimits.xmlBytes) return refuse('recording.too-large');
  const text = decodeXmlText(bytes);
  const parser = new SaxesParser({ xmlns: false });
  const open: OpenElement[] = [];
  const roots: XmlElement[] = [];
  let count = 0;
  parser.on('error', () => refuse('xml.malformed'));
  parser.on('doctype', () => refuse('xml.doctype-refused'));
  parser.on('opentag', (tag) => {
    count += 1;
    if (count > recordingLimits.xmlElements || open.length >= recordingLimits.xmlDepth) refuse('xml.too-complex');
    open.push({
      name: localName(tag.name),
      attributes: new Map(Object.entries(tag.attributes)),
      children: [],
      text: [],
    });
  });
  const addText = (part: string): void => void open.at(-1)?.text.push(part);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop() ?? refuse('xml.malformed');
    (open.at(-1)?.children ?? roots).push({ ...closed, text: closed.text.join('') });
  });
  parser.write(text).close();
  return roots[0] ?? refuse('xml.malformed');
}
