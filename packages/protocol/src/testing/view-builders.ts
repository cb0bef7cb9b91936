import type { CaseView, PreAlertView, TargetView } from '../case-view.ts';
import type { Desk, Hospital } from '../center.ts';
import type { NumericsView, UnitView } from '../console-feed.ts';
import { boringFinding, boringPatient } from './boring-clinical.ts';
import {
  caseId,
  deskIdOf,
  findingIdOf,
  hospitalIdOf,
  preAlertIdOf,
  START_MS,
  targetIdOf,
  vehicle,
} from './boring-ids.ts';
import { position, vitals, vitalTimes } from './builders.ts';

/** What a console is sent, with boring defaults; every argument overrides whole fields. */
export const targetView = (some: Partial<TargetView> = {}): TargetView => ({
  targetId: targetIdOf(1),
  hospitalId: hospitalIdOf(1),
  deskId: deskIdOf(1),
  addedAtMs: START_MS,
  deliveredAtMs: null,
  displayedAtMs: null,
  seen: null,
  answers: [],
  isReleased: false,
  isRinging: true,
  ladder: [{ step: 'desk', round: 0, dueAtMs: START_MS, firedAtMs: START_MS }],
  ...some,
});

export const preAlertView = (some: Partial<PreAlertView> = {}): PreAlertView => ({
  preAlertId: preAlertIdOf(1),
  specialty: 'chest-pain',
  tier: 'level-1',
  raisedAtMs: START_MS,
  pressedAtMs: START_MS,
  isOpen: true,
  ownerTargetId: null,
  targets: [targetView()],
  ...some,
});

export const caseView = (some: Partial<CaseView> = {}): CaseView => ({
  visibility: 'none',
  caseId,
  caseSeq: 1,
  origin: 'dispatch-120',
  status: 'opened',
  isOver: false,
  openedAtMs: START_MS,
  vehicle,
  specialty: 'chest-pain',
  patientName: null,
  patient: { ...boringPatient, ageYears: 60 },
  complaintCodes: ['chest-pain'],
  destination: { hospitalId: hospitalIdOf(1), reason: 'rule' },
  preAlerts: [preAlertView()],
  findings: [{ findingId: findingIdOf(1), raisedAtMs: START_MS, isEnded: false, finding: boringFinding }],
  milestones: [{ code: 'T_SCENE', atMs: START_MS, source: 'crew' }],
  conflicts: [],
  timeline: [],
  ...some,
});

export const numericsView = (some: Partial<NumericsView> = {}): NumericsView => ({
  caseId,
  vehicle,
  measuredAtMs: START_MS,
  receivedAtMs: START_MS,
  vitals: vitals(),
  times: vitalTimes(),
  isBackfill: false,
  ...some,
});

export const unitView = (some: Partial<UnitView> = {}): UnitView => ({
  vehicle,
  position: position(),
  measuredAtMs: START_MS,
  lastHeardAtMs: START_MS,
  caseId,
  ...some,
});

export const desk = (some: Partial<Desk> = {}): Desk => ({
  deskId: deskIdOf(1),
  hospitalId: hospitalIdOf(1),
  nameZh: '急诊预检台',
  nameEn: 'Emergency desk',
  phone: '0571-00000001',
  serves: ['chest-pain', 'emergency'],
  ...some,
});

export const hospital = (some: Partial<Hospital> = {}): Hospital => ({
  hospitalId: hospitalIdOf(1),
  nameZh: '第一医院',
  nameEn: 'First Hospital',
  phone: '0571-00000000',
  latitudeDeg: 30.25,
  longitudeDeg: 120.16,
  centers: [
    { specialty: 'chest-pain', level: 'standard' },
    { specialty: 'emergency', level: null },
  ],
  desks: [desk()],
  ...some,
});
