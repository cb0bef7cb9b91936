import type { CaseId } from '@pentad/protocol/ids';
import type { WaveformSeries } from '@pentad/protocol/waveform-series';
import type { waveformKinds } from '@pentad/protocol/waveform';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { authorizeViewing, noSuchCase } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { readWaveforms } from './waveform-store.ts';

const MAX_WINDOW_MS = 10 * 60_000;
/** Ten minutes in chunks of half a second. */
const MAX_CHUNKS = 1_200;

/**
 * Stored waveforms of one kind of a case, in measured order, ten minutes at most.
 * @throws DomainError invalid `waveforms.window`; not-found as for the case itself
 */
export function waveformHistory(
  ports: Pick<ViewPorts, 'db' | 'reads' | 'clock' | 'ids'>,
  staff: StaffActor,
  wanted: { caseId: CaseId; kind: (typeof waveformKinds)[number]; fromMs: number; toMs: number },
): Promise<WaveformSeries> {
  const visibility = authorizeViewing(staff);
  const { caseId, fromMs, toMs } = wanted;
  if (toMs < fromMs || toMs - fromMs > MAX_WINDOW_MS) {
    throw new DomainError('invalid', 'waveforms.window', 'a window runs forward and over ten minutes at most');
  }
  return ports.db.withActor(staff, async (tx) => {
    const state = await ports.reads.readCase(tx, caseId);
    if (state === null) throw noSuchCase();
    const purpose = visibility === 'full' ? 'care' : 'coordination';
    const entry = { ...auditActor(staff), chain: REGION_CHAIN, action: 'waveforms.viewed', objectId: caseId, caseId };
    writeAudit(tx, [{ ...entry, purpose }], ports.clock, ports.ids);
    if (state.vehicle === null) return { items: [], isCut: false };
    const items = await readWaveforms(tx, { ...wanted, vehicle: state.vehicle, maxChunks: MAX_CHUNKS });
    return { items, isCut: items.length === MAX_CHUNKS };
  });
}
