import type { CaseId } from '@pentad/protocol/ids';
import type { MediaType } from '@pentad/protocol/media';
import type { Agent, Recorded, RecordEventInput } from '../agent-types.ts';
import { ecgEventId, sha256Hex } from './ecg-event-id.ts';
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
  const contentId = sha256Hex(photo);
  const eventId = ecgEventId(caseId, contentId);
  const isKnown = agent.showCase(caseId).state.timeline.some((entry) => entry.eventId === eventId);
  const common = { caseId, patientSlot, takenAtMs: acquiredAtMs };
  // The picture is journalled before the event that names it: a sudden end in between leaves no name without a picture.
  const sha256 = isKnown ? sha256Hex(small) : agent.addMedia({ ...common, mediaType: 'image/jpeg', content: small });
  const recorded = agent.recordEvent(caseId, {
    type: 'ecg.recorded',
    clinical: { ecgId: contentId, source: 'photo', acquiredAtMs, sha256 },
    eventId,
    actor,
  });
  if (isKnown) return recorded;
  const full = agent.addMedia({ ...common, mediaType, content: photo });
  const clinical = {
    mediaId: `full-${contentId.slice(0, 48)}`,
    kind: 'ecg-photo-full',
    sha256: full,
    bytes: photo.length,
  };
  agent.recordEvent(caseId, {
    type: 'media.recorded',
    clinical,
    actor,
    eventId: ecgEventId(caseId, `${contentId} full`),
  });
  return recorded;
}
