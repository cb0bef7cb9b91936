import { encodingCharacters, escaped, standardDelimiters } from './delimiters.ts';
import type { MessageHeader } from './message.ts';
import { timestampText } from './timestamp.ts';

/** AA taken; AE not taken now, send again; AR never will be. Original mode, HL7 v2.5.1 section 2.9.2. */
export type Verdict = 'AA' | 'AE' | 'AR';

/** HL7 table 0357. */
export const conditionTexts = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '207': 'Application internal error',
} as const;
export type ConditionCode = keyof typeof conditionTexts;

export interface AcknowledgementInput {
  /** Of the message answered; null: it had none that could be read, so MSA-2 stays empty. */
  readonly header: MessageHeader | null;
  readonly verdict: Verdict;
  /** `code` is our own stable code; never a text of the message. */
  readonly error: { readonly condition: ConditionCode; readonly code: string } | null;
  readonly ownControlId: string;
  readonly nowMs: number;
}

const versionNumber = (version: string | null): number => Number(/^2\.(\d)/.exec(version ?? '')?.[1] ?? 6);

/**
 * The answer to one message, without frame, all ASCII. It speaks the sender's delimiters and version, sender and receiver
 * changed round. ERR has its parts in ERR-3, 4 and 5 from v2.5 on, in ERR-1 before.
 */
export function acknowledgement(input: AcknowledgementInput): Uint8Array {
  const { header, verdict, error } = input;
  const delimiters = header?.delimiters ?? standardDelimiters;
  const { field, component } = delimiters;
  const isTheirs = header?.delimiters !== null && header !== null;
  // As written when the delimiters are the sender's own; a control id is echoed in any case.
  const echoed = (text: string | null | undefined): string => (isTheirs ? (text ?? '') : '');
  const controlId = isTheirs ? (header.controlId ?? '') : escaped(header?.controlId ?? '', delimiters);
  const type = ['ACK', ...(isTheirs && header.event !== null ? [header.event, 'ACK'] : [])].join(component);
  const segments = [
    [
      `MSH${field}${encodingCharacters(delimiters)}`,
      echoed(header?.receivingApplication),
      echoed(header?.receivingFacility),
      echoed(header?.sendingApplication),
      echoed(header?.sendingFacility),
      timestampText(input.nowMs),
      '',
      type,
      escaped(input.ownControlId, delimiters),
      echoed(header?.processingId) || 'P',
      echoed(header?.version) || '2.6',
    ],
    ['MSA', verdict, controlId, ...(error ? [escaped(error.code, delimiters)] : [])],
  ];
  if (error) {
    const coded = [error.condition, conditionTexts[error.condition], 'HL70357'];
    const code = escaped(error.code, delimiters);
    const isOld = versionNumber(header?.version ?? null) < 5;
    if (isOld) segments.push(['ERR', ['', '', '', coded.join(delimiters.subcomponent ?? ' ')].join(component)]);
    else segments.push(['ERR', '', '', coded.join(component), 'E', code]);
  }
  return new TextEncoder().encode(segments.map((parts) => `${parts.join(field)}\r`).join(''));
}
