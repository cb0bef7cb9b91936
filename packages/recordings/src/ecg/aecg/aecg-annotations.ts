import {
  attributeOf,
  childrenOf,
  descendantsOf,
  elementAt,
  schemaTypeOf,
  textOf,
  type XmlElement,
} from '../../xml/xml-element.ts';
import type { EcgMeasurement, EcgStatement } from '../ecg-recording.ts';
import { leadNameOf } from '../lead-name.ts';

const codeOf = (element: XmlElement): string | null => attributeOf(elementAt(element, 'code'), 'code');
const nested = (element: XmlElement): XmlElement[] =>
  childrenOf(element, 'component').flatMap((component) => childrenOf(component, 'annotation'));

/** Annotations of the whole recording. What lies within one beat is a mark on the trace and not read. */
function annotationsOf(element: XmlElement): XmlElement[] {
  return nested(element).flatMap((annotation) =>
    codeOf(annotation) === 'MDC_ECG_BEAT' ? [] : [annotation, ...annotationsOf(annotation)],
  );
}

const setsOf = (series: XmlElement): XmlElement[] =>
  childrenOf(series, 'subjectOf').flatMap((subject) => childrenOf(subject, 'annotationSet'));

/** The lead an annotation is bound to, if it is bound to exactly one. */
function leadOf(annotation: XmlElement): string | null {
  const support = elementAt(annotation, 'support');
  const codes = support === null ? [] : descendantsOf(support, 'code').map((code) => attributeOf(code, 'code'));
  const leads = codes.filter((code) => code?.startsWith('MDC_ECG_LEAD_'));
  return leads.length === 1 && leads[0] ? leadNameOf(leads[0]) : null;
}

function statementOf(annotation: XmlElement, interpretation: number): EcgStatement | null {
  const code = codeOf(annotation);
  const value = elementAt(annotation, 'value');
  if (code === null || value === null || schemaTypeOf(value) === 'PQ') return null;
  if (code !== 'MDC_ECG_RHY' && !code.startsWith('MDC_ECG_INTERPRETATION')) return null;
  const coded = attributeOf(value, 'code');
  const text = textOf(value) ?? attributeOf(value, 'displayName') ?? coded;
  if (text === null) return null;
  return { kind: 'statement', code: coded ?? code, text, reason: null, isEdited: null, interpretation };
}

/** Rhythm and interpretation statements; each annotation set is one interpretation. */
export const readAecgStatements = (series: XmlElement): EcgStatement[] =>
  setsOf(series).flatMap((set, index) => annotationsOf(set).flatMap((each) => statementOf(each, index) ?? []));

/** Quantities stated for the whole recording or its representative beat, with the units as written. */
export function readAecgMeasurements(series: XmlElement): EcgMeasurement[] {
  const derived = childrenOf(series, 'derivation').flatMap((derivation) => childrenOf(derivation, 'derivedSeries'));
  const annotations = [series, ...derived].flatMap(setsOf).flatMap(annotationsOf);
  return annotations.flatMap((annotation) => {
    const value = elementAt(annotation, 'value');
    const name = codeOf(annotation);
    const written = attributeOf(value, 'value');
    if (value === null || name === null || written === null || schemaTypeOf(value) !== 'PQ') return [];
    return [{ name, value: written, unit: attributeOf(value, 'unit'), lead: leadOf(annotation) }];
  });
}
