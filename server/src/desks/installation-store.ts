import type { Tx } from '../db/transaction.ts';
import { DomainError } from '../platform/errors.ts';

/** Written once. `horizon` is the restore generation that travels in every receipt. */
export interface Installation {
  readonly kind: 'demo' | 'production';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly centerLatitudeDeg: number;
  readonly centerLongitudeDeg: number;
  readonly horizon: string;
}

interface Row {
  kind: 'demo' | 'production';
  name_zh: string;
  name_en: string;
  center_latitude_deg: number;
  center_longitude_deg: number;
  horizon: string;
}

export async function readInstallation(tx: Tx): Promise<Installation> {
  const row = (await tx.query<Row>('SELECT * FROM installation'))[0];
  if (!row) throw new DomainError('unavailable', 'installation.missing', 'the installation has not been set up');
  return {
    kind: row.kind,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    centerLatitudeDeg: row.center_latitude_deg,
    centerLongitudeDeg: row.center_longitude_deg,
    horizon: row.horizon,
  };
}
