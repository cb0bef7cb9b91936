import { utcDay } from '@pentad/protocol/quantities';
import { noVitals } from '@pentad/protocol/vitals';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import { CaseId, EventId, VehicleId } from '@pentad/protocol/ids';
import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import * as v from 'valibot';
import { packCounts } from '@pentad/protocol/waveform';
import type { Draft, JournalLane } from '../ports.ts';

export const sampleVehicle = v.parse(VehicleId, 'veh-0001-test');
export const sampleCase = v.parse(CaseId, '01890000-0000-7000-8000-000000000001');
const uuidOf = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const header = (capturedAtMs: number) => ({
  protocol: PROTOCOL_VERSION,
  vehicle: sampleVehicle,
  day: utcDay(capturedAtMs),
  measuredAtMs: capturedAtMs,
  capturedAtMs,
  monotonicMs: capturedAtMs,
  bootId: 'boot-0001',
  clock: null,
});

/** An item whose content depends on `mark`, so that any mix-up shows. */
export function sampleDraft(lane: JournalLane, mark: number, capturedAtMs = 1_700_000_000_000 + mark * 1_000): Draft {
  return {
    lane,
    make: (place): LaneItem => {
      const common = { ...header(capturedAtMs), ...place };
      if (lane === 'vit') {
        const vitals = { ...noVitals, heartRateBpm: 40 + (mark % 200) };
        return {
          ...common,
          lane,
          patientSlot: 1,
          caseId: sampleCase,
          vitals,
          times: { bloodPressureAtMs: null, temperatureAtMs: null },
        };
      }
      if (lane === 'pos') {
        const position = {
          latitudeDeg: 31 + (mark % 1000) / 1000,
          longitudeDeg: 121,
          speedMps: 10,
          headingDeg: 90,
          accuracyM: null,
        };
        return { ...common, lane, patientSlot: null, caseId: sampleCase, position };
      }
      if (lane === 'wav') {
        const waveform = {
          kind: 'ecg' as const,
          samplesPerSecond: 250,
          leads: [{ name: 'II', unit: 'uV' as const, perCount: 5, offset: 0 }],
          sampleCount: 125,
          samples: packCounts([new Int16Array(125).fill(mark % 1000)]),
        };
        return { ...common, lane, patientSlot: 1, caseId: sampleCase, waveform };
      }
      if (lane === 'med') {
        const bytes = Uint8Array.from({ length: 100 }, (_, at) => (at + mark) % 256);
        const media = {
          sha256: mark.toString(16).padStart(64, '0'),
          mediaType: 'image/jpeg' as const,
          totalBytes: 100,
          offset: 0,
          bytes,
        };
        return { ...common, lane, patientSlot: 1, caseId: sampleCase, media };
      }
      const envelope = {
        eventId: v.parse(EventId, uuidOf(mark)),
        caseId: sampleCase,
        type: 'complaint.recorded',
        occurredAtMs: capturedAtMs,
        actor: { kind: 'crew' as const, id: 'crew-1', name: null, assurance: 'vehicle' as const },
        basedOnCaseSeq: 0,
      };
      return { ...common, lane, event: { envelope, clinical: { complaintId: `c-${mark}`, codes: ['chest-pain'] } } };
    },
  };
}

export const sampleGap = (gap: LaneGap, mark: number): Draft => ({
  lane: 'evt',
  make: (place) => ({ ...header(1_700_000_000_000 + mark * 1_000), ...place, lane: 'evt', gap }),
});
