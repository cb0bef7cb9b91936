import { createHash } from 'node:crypto';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The same ECG of the same case is the same event, however often and in whatever file it comes (UUID, version 8). */
export function ecgEventId(caseId: string, contentId: string): string {
  const hex = createHash('sha256').update(`ecg ${caseId} ${contentId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
