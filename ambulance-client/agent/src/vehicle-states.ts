import type { MilestoneCode } from '@pentad/protocol/milestone';

/** What a crew presses where no dispatch centre stamps it for them, in the order of a run (clinical.md 0.8). */
export const vehicleStates = [
  { state: 'departed', labelZh: '出车', code: 'T_DEPART' },
  { state: 'at-scene', labelZh: '到达现场', code: 'T_SCENE' },
  { state: 'at-patient', labelZh: '接触患者', code: 'T_FMC' },
  { state: 'patient-aboard', labelZh: '病人上车', code: 'T_BOARD' },
  { state: 'at-hospital', labelZh: '到达医院', code: 'T_GATE' },
  { state: 'handed-over', labelZh: '交接完成', code: 'T_HANDOVER' },
  { state: 'available', labelZh: '返站', code: 'T_AVAILABLE' },
] as const satisfies readonly { state: string; labelZh: string; code: MilestoneCode }[];
export type VehicleState = (typeof vehicleStates)[number]['state'];
