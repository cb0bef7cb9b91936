import { readClinical } from '@pentad/protocol/case-event';
import type { CasePlan } from '../cases/case-planner.ts';
import type { Tx } from '../db/transaction.ts';
import type { Vault } from './vault.ts';
import { insertIdentity, insertSealedEvent, wrappedKeyOf } from './vault-store.ts';

const eventPlace = (caseId: string, caseSeq: number) => `case_event_sealed/${caseId}/${caseSeq}`;
export const identityPlace = (personId: string, caseId: string) => `person_identity/${personId}/${caseId}`;

/** Identity goes under the person's key, every other sealed part under the case's. */
export async function sealEvents(tx: Tx, plan: CasePlan, vault: Vault): Promise<void> {
  const { caseId } = plan.after;
  for (const { recorded, sealed } of plan.events) {
    if (sealed === null) continue;
    const plaintext = Buffer.from(JSON.stringify(sealed));
    const known = readClinical(recorded.envelope.type, recorded.clinical);
    if (known !== 'unknown-type' && known !== 'invalid' && known.type === 'identity.attached') {
      const { personId } = known.clinical;
      const key = await wrappedKeyOf(tx, vault, 'person', personId);
      insertIdentity(
        tx,
        personId,
        caseId,
        vault.seal(key, 'person', personId, identityPlace(personId, caseId), plaintext),
      );
    } else {
      const key = await wrappedKeyOf(tx, vault, 'case', caseId);
      const place = eventPlace(caseId, recorded.caseSeq);
      insertSealedEvent(tx, caseId, recorded.caseSeq, vault.seal(key, 'case', caseId, place, plaintext));
    }
  }
}
