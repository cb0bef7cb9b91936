import {
  attributeOf,
  childrenOf,
  descendantsOf,
  elementAt,
  textAt,
  textOf,
  type XmlElement,
} from '../../xml/xml-element.ts';
import type { EcgDevice, EcgIdentity } from '../ecg-recording.ts';

/** LOINC "reported age". */
const REPORTED_AGE = '21612-7';

function ageOf(root: XmlElement): string | null {
  const observation = childrenOf(root, 'controlVariable')
    .flatMap((variable) => childrenOf(variable, 'relatedObservation'))
    .find((each) => attributeOf(elementAt(each, 'code'), 'code') === REPORTED_AGE);
  const value = observation === undefined ? null : elementAt(observation, 'value');
  const written = [attributeOf(value, 'value'), attributeOf(value, 'unit')].filter((part) => part !== null);
  return written.length === 0 ? null : written.join(' ');
}

/** The trial subject, as aECG calls the patient. */
export function readAecgIdentity(root: XmlElement): EcgIdentity {
  const [subject] = descendantsOf(root, 'trialSubject');
  const person = subject === undefined ? null : elementAt(subject, 'subjectDemographicPerson');
  const name = person === null ? null : elementAt(person, 'name');
  return {
    patientIds:
      subject === undefined ? [] : childrenOf(subject, 'id').flatMap((id) => attributeOf(id, 'extension') ?? []),
    // A name is parts or one text; the one text stays whole.
    familyName: name === null ? null : (textAt(name, 'family') ?? textOf(name)),
    givenName: name === null ? null : textAt(name, 'given'),
    middleName: null,
    birthDateText: person === null ? null : attributeOf(elementAt(person, 'birthTime'), 'value'),
    ageText: ageOf(root),
    sexText: person === null ? null : attributeOf(elementAt(person, 'administrativeGenderCode'), 'code'),
    remarks: descendantsOf(root, 'subjectFindingComment').flatMap((comment) => textAt(comment, 'text') ?? []),
  };
}

export function readAecgDevice(series: XmlElement): EcgDevice {
  const author = elementAt(series, 'author', 'seriesAuthor');
  const device = author === null ? null : elementAt(author, 'manufacturedSeriesDevice');
  return {
    manufacturer: author === null ? null : textAt(author, 'manufacturerOrganization', 'name'),
    model: device === null ? null : textAt(device, 'manufacturerModelName'),
    serial: device === null ? null : attributeOf(elementAt(device, 'id'), 'extension'),
    software: device === null ? null : textAt(device, 'softwareName'),
  };
}
