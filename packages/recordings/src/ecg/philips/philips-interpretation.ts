import {
  attributeOf,
  childrenOf,
  descendantsOf,
  elementAt,
  textAt,
  textOf,
  type XmlElement,
} from '../../xml/xml-element.ts';
import type { EcgMeasurement, EcgStatement } from '../ecg-recording.ts';
import { leadNameOf } from '../lead-name.ts';

function flagOf(element: XmlElement, name: string): boolean | null {
  const flag = attributeOf(element, name)?.toLowerCase();
  return flag === 'true' ? true : flag === 'false' ? false : null;
}

function statementsIn(interpretation: XmlElement, index: number): EcgStatement[] {
  const severity = childrenOf(interpretation, 'severity').map((element) => ({
    kind: 'severity' as const,
    code: attributeOf(element, 'code'),
    text: textOf(element),
    reason: null,
    isEdited: null,
    interpretation: index,
  }));
  const statements = childrenOf(interpretation, 'statement').map((element) => ({
    kind: 'statement' as const,
    code: textAt(element, 'statementcode'),
    text: textAt(element, 'leftstatement'),
    reason: textAt(element, 'rightstatement'),
    isEdited: flagOf(element, 'editedflag'),
    interpretation: index,
  }));
  // A statement of which only the criterion or the code is written still says something.
  return [...severity, ...statements].flatMap((statement) => {
    const text = statement.text ?? statement.reason ?? statement.code;
    return text === null ? [] : [{ ...statement, text }];
  });
}

const interpretationsOf = (root: XmlElement): XmlElement[] =>
  childrenOf(root, 'interpretations').flatMap((list) => childrenOf(list, 'interpretation'));

/** All statements of all interpretations in the order of the file. */
export const readPhilipsStatements = (root: XmlElement): EcgStatement[] =>
  interpretationsOf(root).flatMap((interpretation, index) => statementsIn(interpretation, index));

/** Who signed or that nobody did, as written under each interpretation. It may name a physician. */
export const readPhilipsSignatures = (root: XmlElement): string[] =>
  interpretationsOf(root).flatMap((interpretation) => textAt(interpretation, 'mdsignatureline') ?? []);

/** Children that hold a text and nothing else. The schema fixes their units and does not write them. */
function valuesIn(element: XmlElement | null, lead: string | null): EcgMeasurement[] {
  const leaves = element?.children.filter((child) => child.children.length === 0) ?? [];
  return leaves.flatMap((child) => {
    const value = textOf(child);
    return value === null ? [] : [{ name: child.name, value, unit: null, lead }];
  });
}

/**
 * The device's measurements: those of the interpretation, of all leads together, and of each lead. 1.03 and 1.04 name
 * their folders differently.
 */
export function readPhilipsMeasurements(root: XmlElement): EcgMeasurement[] {
  const folder = elementAt(root, 'internalmeasurements') ?? elementAt(root, 'measurements');
  const ofInterpretation = interpretationsOf(root).flatMap((interpretation) =>
    valuesIn(
      elementAt(interpretation, 'globalmeasurements') ?? elementAt(interpretation, 'interpretationmeasurements'),
      null,
    ),
  );
  if (folder === null) return ofInterpretation;
  const ofLeads = descendantsOf(folder, 'leadmeasurement').flatMap((element) => {
    const lead = attributeOf(element, 'leadname');
    return lead === null ? [] : valuesIn(element, leadNameOf(lead));
  });
  const together = elementAt(folder, 'crossleadmeasurements') ?? elementAt(folder, 'globalmeasurements');
  return [...ofInterpretation, ...valuesIn(together, null), ...ofLeads];
}
