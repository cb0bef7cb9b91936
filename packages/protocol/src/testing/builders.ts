import type { Actor, CaseEvent, CaseEventType, ClinicalByType, Envelope, RecordedEvent } from '../case-event.ts';
import type { DownlinkPage } from '../downlink.ts';
import type { EventItem, GapItem, LaneGap, MediaItem, NumericsItem, PositionItem, WaveformItem } from '../lane-item.ts';
import { packCounts } from '../waveform.ts';
import type { Position } from '../position.ts';
import { utcDay } from '../quantities.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { noVitals, type Vitals, type VitalTimes } from '../vitals.ts';
import { boringClinical } from './boring-clinical.ts';
import { caseId, epoch, eventIdOf, staffIdOf, START_MS, vehicle } from './boring-ids.ts';

/** Two events of one test never share an id; within one test file the ids repeat from run to run. */
let eventCount = 0;
const nextEventId = () => eventIdOf((eventCount += 1));

export const crew: Actor = { kind: 'crew', id: 'crew-1', name: 'Crew One', assurance: 'pin' };
export const nurse: Actor = { kind: 'staff', id: staffIdOf(1), name: 'Nurse One', assurance: 'online' };
export const dispatcher: Actor = { kind: 'dispatch', id: 'dispatch-120', name: null, assurance: 'online' };
export const serverActor: Actor = { kind: 'server', id: 'server', name: null, assurance: 'online' };

const personsActs = new Set(['pre-alert.seen', 'pre-alert.answered', 'pre-alert.tier-lowered', 'pre-alert.cancelled']);

/** Who ordinarily writes an event of this type. */
function actorOf(type: string): Actor {
  if (personsActs.has(type) || type.startsWith('team.')) return nurse;
  if (type === 'dispatch.received') return dispatcher;
  return type !== 'pre-alert.requested' && /^(pre-alert|finding)\./.test(type) ? serverActor : crew;
}

/** An event of any type, known or not, with exactly this clinical part. */
export const rawEvent = (
  type: string,
  clinical: CaseEvent['clinical'],
  envelope: Partial<Envelope> = {},
): CaseEvent => ({
  envelope: {
    eventId: nextEventId(),
    caseId,
    type,
    occurredAtMs: START_MS,
    actor: actorOf(type),
    basedOnCaseSeq: 0,
    ...envelope,
  },
  clinical,
});

/** A valid event of a known type: what is not said is boring. */
export const event = <T extends CaseEventType>(
  type: T,
  clinical: Partial<ClinicalByType[T]> = {},
  envelope: Partial<Envelope> = {},
): CaseEvent => rawEvent(type, { ...boringClinical[type], ...clinical }, envelope);

export const recorded = (
  given: CaseEvent,
  caseSeq: number,
  recordedAtMs = START_MS + caseSeq * 1_000,
): RecordedEvent => ({
  caseSeq,
  recordedAtMs,
  hasSealed: given.sealed !== undefined,
  envelope: given.envelope,
  clinical: given.clinical,
});

/** A case's log: the events in this order, caseSeq 1, 2, 3 .., one second apart. */
export const recordedLog = (events: readonly CaseEvent[]): RecordedEvent[] =>
  events.map((given, index) => recorded(given, index + 1));

export const vitals = (some: Partial<Vitals> = {}): Vitals => ({
  ...noVitals,
  heartRateBpm: 80,
  respiratoryRatePerMin: 16,
  spo2Percent: 97,
  ...some,
});

export const position = (some: Partial<Position> = {}): Position => ({
  latitudeDeg: 30.25,
  longitudeDeg: 120.16,
  speedMps: 12,
  headingDeg: 90,
  accuracyM: 5,
  ...some,
});

const headerOf = (seq: number, atMs: number) => ({
  protocol: PROTOCOL_VERSION,
  vehicle,
  epoch,
  seq,
  day: utcDay(atMs),
  measuredAtMs: atMs,
  capturedAtMs: atMs,
  monotonicMs: seq * 1_000,
  bootId: 'boot-1',
  clock: { offsetMs: 0, errorMs: 20 },
});

const telemetryHeaderOf = (seq: number, atMs: number) => ({ ...headerOf(seq, atMs), patientSlot: 1, caseId });

/** Items stand one second after another by their seq; `some` overrides whole top-level fields. */
export const eventItem = (
  seq: number,
  given: CaseEvent = event('case.opened'),
  some: Partial<EventItem> = {},
): EventItem => ({
  ...headerOf(seq, START_MS + seq * 1_000),
  lane: 'evt',
  event: given,
  ...some,
});

export const gapItem = (seq: number, gap: Partial<LaneGap> = {}, some: Partial<GapItem> = {}): GapItem => ({
  ...headerOf(seq, START_MS + seq * 1_000),
  lane: 'evt',
  gap: { lane: 'vit', ranges: [[3, 5]], cause: 'storage-full', ...gap },
  ...some,
});

export const numericsItem = (
  seq: number,
  reading: Partial<Vitals> = {},
  some: Partial<NumericsItem> = {},
): NumericsItem => ({
  ...telemetryHeaderOf(seq, START_MS + seq * 1_000),
  lane: 'vit',
  vitals: vitals(reading),
  times: vitalTimes(),
  ...some,
});

export const positionItem = (
  seq: number,
  place: Partial<Position> = {},
  some: Partial<PositionItem> = {},
): PositionItem => ({
  ...telemetryHeaderOf(seq, START_MS + seq * 1_000),
  lane: 'pos',
  position: position(place),
  ...some,
});

export const vitalTimes = (some: Partial<VitalTimes> = {}): VitalTimes => ({
  bloodPressureAtMs: null,
  temperatureAtMs: null,
  ...some,
});

export const downlinkPage = (some: Partial<DownlinkPage> = {}): DownlinkPage => ({
  vehicle,
  n: 0,
  frames: [],
  isSnapshot: false,
  cases: [],
  serverNowMs: START_MS,
  ...some,
});

/** Two leads, four samples each, one of them a gap. */
export const waveformItem = (seq: number, some: Partial<WaveformItem> = {}): WaveformItem => ({
  ...telemetryHeaderOf(seq, START_MS + seq * 500),
  lane: 'wav',
  waveform: {
    kind: 'ecg',
    samplesPerSecond: 500,
    leads: [
      { name: 'I', unit: 'uV', perCount: 5, offset: 0 },
      { name: 'II', unit: 'uV', perCount: 5, offset: 0 },
    ],
    sampleCount: 4,
    samples: packCounts([Int16Array.from([1, -2, 3, -32_768]), Int16Array.from([10, 20, 30, 40])]),
  },
  ...some,
});

export const mediaItem = (seq: number, some: Partial<MediaItem> = {}): MediaItem => ({
  ...telemetryHeaderOf(seq, START_MS + seq * 500),
  lane: 'med',
  caseId,
  media: {
    sha256: 'a'.repeat(64),
    mediaType: 'image/jpeg',
    totalBytes: 4,
    offset: 0,
    bytes: Uint8Array.from([1, 2, 3, 4]),
  },
  ...some,
});
