import { expect, test } from 'vitest';
import { losePostgresUnderLoad } from '../support/postgres-outage.ts';
import { useRegion } from '../support/region-of-file.ts';

const file = useRegion({ shards: [2, 7, 12], servers: 2 });

test('P2 N10 N11 N12: PostgreSQL SIGKILLed for 60 s under load, twice the broker patience, and no good row is quarantined', async () => {
  const outcome = await losePostgresUnderLoad(file, { outageMs: 60_000, perSecond: 60 });
  const { alertMs, resumedMs, receiptsMs } = outcome;
  console.log(
    `P2: alert ${alertMs} ms, ingest ${resumedMs} ms, all receipts ${receiptsMs} ms after PostgreSQL is back`,
  );
  expect(alertMs).toBeLessThan(10_000);
  expect(resumedMs).toBeLessThan(10_000);
  expect(receiptsMs).toBeLessThan(120_000);
});
