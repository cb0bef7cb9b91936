import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Epoch } from '@pentad/protocol/ids';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a record is bound to: a record moved to another place fails authentication. */
export type RecordPlace =
  | { readonly kind: 'item'; readonly lane: number; readonly seq: number }
  | { readonly kind: 'document'; readonly key: string };

export interface RecordSeal {
  seal(place: RecordPlace, plain: Uint8Array): Buffer;
  /** null: the record was altered. */
  unseal(place: RecordPlace, sealed: Uint8Array): Buffer | null;
}

function associatedData(epoch: Buffer, place: RecordPlace): Buffer {
  if (place.kind === 'document') return Buffer.concat([epoch, Buffer.from([0xff]), Buffer.from(place.key, 'utf8')]);
  const data = Buffer.alloc(epoch.length + 9);
  epoch.copy(data);
  data.writeUInt8(place.lane, epoch.length);
  data.writeBigUInt64BE(BigInt(place.seq), epoch.length + 1);
  return data;
}

/** AES-256-GCM under a key derived for this epoch; associated data is (epoch, lane, seq). */
export function recordSeal(journalKey: Uint8Array, epoch: Epoch): RecordSeal {
  const epochBytes = Buffer.from(epoch, 'hex');
  const key = Buffer.from(hkdfSync('sha256', journalKey, epochBytes, 'pentad journal 1', 32));
  return {
    seal: (place, plain) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(epochBytes, place));
      const body = cipher.update(plain);
      return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
    },
    unseal: (place, sealed) => {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(epochBytes, place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([plain, decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
