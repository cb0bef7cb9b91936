/** What every ECG importer returns. Voltages, the device's words and the patient are kept apart. */

export interface EcgLead {
  /** One of the twelve in the usual spelling (`aVR`, `V1`), otherwise as the file writes it. */
  readonly name: string;
  /** Device units; GAP (`../gap.ts`, -32768) where there is no sample. All leads of a recording are equally long. */
  readonly samples: Int16Array;
  readonly microvoltsPerUnit: number;
  /** Microvolts of sample 0: microvolts = sample * microvoltsPerUnit + offsetMicrovolts. */
  readonly offsetMicrovolts: number;
}

export interface EcgTime {
  /** As the file writes it. */
  readonly text: string;
  /** Epoch ms UTC; null where the file names no zone. Never guessed from the place of the reader. */
  readonly instantMs: number | null;
}

export interface EcgDevice {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly software: string | null;
}

/** One line of the device's interpretation, verbatim. Never rewritten: "ST ELEVATION, PROBABLY DUE TO LVH" stays so. */
export interface EcgStatement {
  readonly kind: 'severity' | 'statement';
  readonly code: string | null;
  readonly text: string;
  /** The criterion the device states for it. */
  readonly reason: string | null;
  /** Whether a person changed it on the device; null where the file does not say. */
  readonly isEdited: boolean | null;
  /** Which interpretation of the file it belongs to, from 0: a device may store its own and an over-read one. */
  readonly interpretation: number;
}

/** A measurement of the device, verbatim: also `Indeterminate` and `Failed` are values. */
export interface EcgMeasurement {
  readonly name: string;
  readonly value: string;
  /** null where the file does not write it. */
  readonly unit: string | null;
  /** null for a measurement of the whole ECG. */
  readonly lead: string | null;
}

/** Who it is. To be sealed by the caller; no error and no log of this package holds any of it. Texts as written. */
export interface EcgIdentity {
  readonly patientIds: readonly string[];
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly middleName: string | null;
  readonly birthDateText: string | null;
  readonly ageText: string | null;
  readonly sexText: string | null;
  /** Free text that may name people: header comments, findings, the signature line under an interpretation. */
  readonly remarks: readonly string[];
}

/** What whoever reads the voltages must know first. Sample ranges are half open. */
export type EcgNote =
  | { readonly code: 'lead-missing'; readonly lead: string }
  | { readonly code: 'lead-duplicated'; readonly lead: string }
  | { readonly code: 'lead-truncated'; readonly lead: string; readonly missingSamples: number }
  | { readonly code: 'lead-offset'; readonly lead: string; readonly medianMicrovolts: number }
  | { readonly code: 'lead-unit-unwritten'; readonly lead: string }
  | { readonly code: 'lead-skewed'; readonly lead: string; readonly samples: number }
  | { readonly code: 'signal-ignored'; readonly signal: string }
  /** Not the patient: the device's 1 mV pulse in all leads. Nothing may be measured here. */
  | { readonly code: 'calibration'; readonly fromSample: number; readonly toSample: number };

export type EcgSource = 'philips-xml' | 'hl7-aecg' | 'wfdb';

export interface EcgRecording {
  readonly source: EcgSource;
  readonly samplesPerSecond: number;
  readonly leads: readonly EcgLead[];
  readonly recordedAt: EcgTime | null;
  readonly device: EcgDevice;
  readonly statements: readonly EcgStatement[];
  readonly measurements: readonly EcgMeasurement[];
  readonly identity: EcgIdentity;
  readonly notes: readonly EcgNote[];
}
