export const standardLeads = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

/** Further surface leads with a fixed place: right-sided, posterior, Frank. Monitor leads (V, MCL1, MLII) have none. */
const furtherLeads = ['V3R', 'V4R', 'V5R', 'V6R', 'V7', 'V8', 'V9', 'Vx', 'Vy', 'Vz'] as const;

const spelled = new Map([...standardLeads, ...furtherLeads].map((name) => [name.toLowerCase(), name] as const));

/** The usual spelling of a placed lead (`avr`, `MDC_ECG_LEAD_AVR` -> `aVR`), else null. */
export const placedLeadOf = (text: string): string | null =>
  spelled.get(text.replace(/^MDC_ECG_LEAD_/, '').toLowerCase()) ?? null;

/** The usual spelling, or what the file writes where we know no lead of that name. */
export const leadNameOf = (text: string): string => placedLeadOf(text) ?? text;
