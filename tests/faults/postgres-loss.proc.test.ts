import { expect, test } from 'vitest';
import { losePostgresUnderLoad } from '../support/postgres-outage.ts';
import { useRegion } from '../support/region-of-file.ts';

const file = useRegion({ shards: [2, 7, 12] });

test('P2 N12: PostgreSQL SIGKILLed for 10 s under load: nothing is shown or receipted meanwhile, and all goes on by itself within 10 s', async () => {
  const outcome = await losePostgresUnderLoad(file, { outageMs: 10_000, perSecond: 40 });
  const { alertMs, resumedMs, receiptsMs } = outcome;
  console.log(
    `P2: alert ${alertMs} ms, ingest ${resumedMs} ms, all receipts ${receiptsMs} ms after PostgreSQL is back`,
  );
  expect(alertMs).toBeLessThan(10_000);
  expect(resumedMs).toBeLessThan(10_000);
  expect(receiptsMs).toBeLessThan(45_000);
});
