import type { AssessmentItems } from './item.ts';

/** Asked of any patient, whatever the specialty. */
export const anyPatientItems = {
  arrest: {
    kind: 'choice',
    zh: '心脏骤停',
    en: 'cardiac arrest',
    options: {
      none: { zh: '无', en: 'none' },
      'in-progress': { zh: '复苏中', en: 'in progress' },
      rosc: { zh: '自主循环恢复', en: 'return of spontaneous circulation' },
    },
  },
  airway: {
    kind: 'choice',
    zh: '气道',
    en: 'airway',
    options: {
      own: { zh: '自主通畅', en: 'own, open' },
      assisted: { zh: '辅助通气', en: 'assisted ventilation' },
      intubated: { zh: '已插管', en: 'intubated' },
      lost: { zh: '气道失守', en: 'lost' },
    },
  },
  respiratoryDistress: { kind: 'flag', zh: '呼吸窘迫或需呼吸支持', en: 'respiratory distress or support needed' },
  breathing: {
    kind: 'choice',
    zh: '呼吸型态',
    en: 'breathing',
    options: {
      normal: { zh: '正常', en: 'normal' },
      laboured: { zh: '费力', en: 'laboured' },
      shallow: { zh: '浅弱', en: 'shallow' },
      absent: { zh: '无', en: 'absent' },
    },
  },
  skin: {
    kind: 'choice',
    zh: '皮肤',
    en: 'skin',
    options: {
      normal: { zh: '正常', en: 'normal' },
      'cold-pale-sweating': { zh: '湿冷苍白', en: 'cold, pale, sweating' },
      mottled: { zh: '花斑', en: 'mottled' },
      cyanosed: { zh: '发绀', en: 'cyanosed' },
    },
  },
  capillaryRefillS: {
    kind: 'measure',
    zh: '毛细血管再充盈时间',
    en: 'capillary refill',
    unit: 's',
    least: 0,
    most: 20,
  },
  radialPulse: { kind: 'flag', zh: '桡动脉可触及', en: 'radial pulse palpable', lastsMin: 15 },
  centralPulse: { kind: 'flag', zh: '大动脉可触及', en: 'central pulse palpable', lastsMin: 15 },
  obeysCommands: { kind: 'flag', zh: '能遵嘱', en: 'obeys commands', lastsMin: 15 },
  isInjured: { kind: 'flag', zh: '有外伤', en: 'injured' },
  seizure: {
    kind: 'choice',
    zh: '抽搐',
    en: 'seizure',
    options: {
      none: { zh: '无', en: 'none' },
      ongoing: { zh: '持续中', en: 'ongoing' },
      stopped: { zh: '已停止', en: 'stopped' },
    },
  },
  vomiting: { kind: 'flag', zh: '呕吐', en: 'vomiting' },
  painScore: { kind: 'scale', zh: '疼痛评分', en: 'pain score', least: 0, most: 10 },
  glucoseMeter: {
    kind: 'choice',
    zh: '血糖仪提示',
    en: 'glucose meter says',
    options: { lo: { zh: 'LO', en: 'LO' }, hi: { zh: 'HI', en: 'HI' } },
    lastsMin: 60,
  },
  infectionSuspected: { kind: 'flag', zh: '怀疑感染', en: 'suspected infection' },
  anticoagulant: { kind: 'flag', zh: '使用抗凝药', en: 'takes an anticoagulant' },
} as const satisfies AssessmentItems;
