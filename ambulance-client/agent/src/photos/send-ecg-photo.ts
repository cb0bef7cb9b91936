import { createHash } from 'node:crypto';
import { uuidV7, type CaseId } from '@pentad/protocol/ids';
import type { MediaType } from '@pentad/protocol/media';
import type { Agent, Recorded, RecordEventInput } from '../agent-types.ts';
import { shrinkPhoto } from './shrink-photo.ts';

export interface EcgPhotoInput {
  readonly caseId: CaseId;
  readonly patientSlot: number | null;
  readonly mediaType: Extract<MediaType, 'image/jpeg' | 'image/png'>;
  readonly photo: Uint8Array;
  /** Printed on the paper or taken by the crew; Unix ms. */
  readonly acquiredAtMs: number;
  readonly actor: RecordEventInput['actor'];
}

/**
 * A photographed paper ECG: shown, never measured. The small picture goes right behind the event that names it, the full
 * one when nothing else waits. The same photo twice is one ECG.
 */
export async function sendEcgPhoto(agent: Agent, input: EcgPhotoInput): Promise<Recorded> {
  const { caseId, patientSlot, mediaType, photo, acquiredAtMs, actor } = input;
  const small = await shrinkPhoto(photo);
  const digest = createHash('sha256').update(photo).digest();
  const eventId = uuidV7(acquiredAtMs, digest.subarray(0, 10));
  const isKnown = agent.showCase(caseId).own.some((own) => own.eventId === eventId);
  const sha256 = createHash('sha256').update(small).digest('hex');
  const recorded = agent.recordEvent(caseId, {
    type: 'ecg.recorded',
    clinical: { ecgId: eventId, source: 'photo', acquiredAtMs, sha256 },
    eventId,
    actor,
  });
  if (isKnown) return recorded;
  const common = { caseId, patientSlot, takenAtMs: acquiredAtMs };
  agent.addMedia({ ...common, mediaType: 'image/jpeg', content: small });
  const full = agent.addMedia({ ...common, mediaType, content: photo });
  const mediaId = `${eventId}-full`;
  const clinical = { mediaId, kind: 'ecg-photo-full', sha256: full, bytes: photo.length };
  agent.recordEvent(caseId, { type: 'media.recorded', clinical, actor });
  return recorded;
}
