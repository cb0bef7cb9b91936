import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import { parseWfdbHeader } from '../wfdb/parse-wfdb-header.ts';
import type { WfdbFiles } from '../wfdb/wfdb-record.ts';
import { importAecg } from './aecg/import-aecg.ts';
import type { EcgRecording } from './ecg-recording.ts';
import { importWfdbEcg } from './import-wfdb-ecg.ts';
import { importPhilips } from './philips/import-philips.ts';
import { sniffEcgFile } from './sniff-ecg-file.ts';

function importWfdb(bytes: Uint8Array, files: WfdbFiles): EcgRecording {
  const header = parseWfdbHeader(bytes);
  return header.kind === 'signals' ? importWfdbEcg(header, files) : refuse('ecg.layout-unsupported');
}

/**
 * Imports one ECG file of a kind it recognises by its content. `files` are the signal files of a WFDB header by name;
 * the other kinds need none. DICOM, SCP, PDF, pictures and unknown files are `ecg.format-unsupported`: a caller may keep
 * the file for people to look at, never for rules. Throws RecordingError only.
 */
export function importEcgFile(bytes: Uint8Array, files: WfdbFiles): EcgRecording {
  if (bytes.length === 0) return refuse('recording.empty');
  if (bytes.length > recordingLimits.fileBytes) return refuse('recording.too-large');
  const kind = sniffEcgFile(bytes);
  switch (kind) {
    case 'philips-xml':
      return importPhilips(bytes);
    case 'hl7-aecg':
      return importAecg(bytes);
    case 'wfdb-header':
      return importWfdb(bytes, files);
    case 'dicom':
    case 'scp':
    case 'pdf':
    case 'jpeg':
    case 'png':
    case 'unknown':
      return refuse('ecg.format-unsupported');
  }
}
