import type { Sealed } from '@pentad/protocol/case-event';
import type { EcgNote, EcgRecording, EcgStatement } from '@pentad/recordings/ecg/ecg-recording';

const MOST_CHARS = 4_000;

/** `name`, `name2` ..: a text of any length as fields of a sealed record, cut nowhere but at its length. */
function fields(name: string, text: string): [string, string][] {
  const parts: [string, string][] = [];
  for (let from = 0; from < text.length;) {
    const isSplit = /[\uD800-\uDBFF]/.test(text[from + MOST_CHARS - 1] ?? '');
    const to = Math.min(text.length, from + MOST_CHARS - (isSplit ? 1 : 0));
    parts.push([parts.length === 0 ? name : `${name}${parts.length + 1}`, text.slice(from, to)]);
    from = to;
  }
  return parts;
}

const lineOf = ({ code, text, reason }: EcgStatement): string => [code ?? '', text, reason ?? ''].join('\t');
const noteLine = ({ code, ...about }: EcgNote): string => [code, ...Object.values(about).map(String)].join(' ');

/**
 * What the device said, verbatim: a statement a line, code, text and criterion between tabs. Beside it what the reader of
 * the voltages must know. Who it is stays in the original file.
 */
export function sealedOf(recording: EcgRecording): Sealed {
  const { statements, notes, device, recordedAt } = recording;
  const deviceName = [device.manufacturer, device.model, device.software].filter((part) => part !== null).join(' ');
  return Object.fromEntries([
    ...fields('deviceStatements', statements.map(lineOf).join('\n')),
    ...fields('readerNotes', notes.map(noteLine).join('\n')),
    ...fields('device', deviceName),
    ...fields('recordedAtText', recordedAt?.text ?? ''),
  ]);
}
