import type { AssessmentItems } from './item.ts';

const armDrift = {
  none: { zh: '无下落', en: 'no drift' },
  drifts: { zh: '缓慢下落', en: 'drifts down' },
  falls: { zh: '迅速坠落', en: 'falls rapidly' },
} as const;

/** BE-FAST, CPSS, LAMS, RACE, FAST-ED, and what the stroke team asks before thrombolysis (clinical.md B2). */
export const strokeItems = {
  strokeBalance: { kind: 'flag', zh: '突发平衡障碍或眩晕（B）', en: 'sudden loss of balance or vertigo (B)' },
  strokeEyes: { kind: 'flag', zh: '突发视物模糊、缺损或重影（E）', en: 'sudden loss or change of vision (E)' },
  strokeFace: { kind: 'flag', zh: '突发面部不对称（F）', en: 'sudden facial droop (F)' },
  strokeArm: { kind: 'flag', zh: '突发肢体无力，闭眼平举10秒下落（A）', en: 'sudden arm weakness, drifts in 10 s (A)' },
  strokeSpeech: { kind: 'flag', zh: '突发言语不清或失语（S）', en: 'sudden abnormal speech (S)' },
  strokeObjectiveSign: {
    kind: 'flag',
    zh: '客观体征：不能独自行走、眼震、共济失调、视野缺损或复视',
    en: 'objective sign: cannot walk unaided, nystagmus, dysmetria, field loss or diplopia',
  },
  strokeLamsFace: {
    kind: 'choice',
    zh: 'LAMS 面瘫',
    en: 'LAMS face',
    options: { absent: { zh: '无', en: 'absent' }, present: { zh: '有', en: 'present' } },
  },
  strokeLamsArm: { kind: 'choice', zh: 'LAMS 上肢下落', en: 'LAMS arm', options: armDrift },
  strokeLamsGrip: {
    kind: 'choice',
    zh: 'LAMS 握力',
    en: 'LAMS grip',
    options: {
      normal: { zh: '正常', en: 'normal' },
      weak: { zh: '减弱', en: 'weak' },
      none: { zh: '不能握', en: 'none' },
    },
  },
  strokeRaceFace: {
    kind: 'choice',
    zh: 'RACE 面瘫',
    en: 'RACE face',
    options: {
      none: { zh: '无', en: 'none' },
      mild: { zh: '轻度', en: 'mild' },
      severe: { zh: '中重度', en: 'moderate to severe' },
    },
  },
  strokeRaceArm: {
    kind: 'choice',
    zh: 'RACE 上肢',
    en: 'RACE arm',
    options: {
      normal: { zh: '保持超过10秒', en: 'held over 10 s' },
      weak: { zh: '不足10秒下落', en: 'falls within 10 s' },
      none: { zh: '不能抬起', en: 'cannot be raised' },
    },
  },
  strokeRaceLeg: {
    kind: 'choice',
    zh: 'RACE 下肢',
    en: 'RACE leg',
    options: {
      normal: { zh: '保持超过5秒', en: 'held over 5 s' },
      weak: { zh: '不足5秒下落', en: 'falls within 5 s' },
      none: { zh: '不能抬起', en: 'cannot be raised' },
    },
  },
  strokeRaceGaze: {
    kind: 'choice',
    zh: 'RACE 头眼偏斜',
    en: 'RACE head and gaze deviation',
    options: { absent: { zh: '无', en: 'absent' }, present: { zh: '有', en: 'present' } },
  },
  strokeWeakSide: {
    kind: 'choice',
    zh: '偏瘫侧',
    en: 'weak side',
    options: {
      none: { zh: '无偏瘫', en: 'none' },
      left: { zh: '左', en: 'left' },
      right: { zh: '右', en: 'right' },
    },
  },
  strokeRaceAphasia: {
    kind: 'choice',
    zh: 'RACE 失语（右侧或无偏瘫）：“闭眼”“握拳”完成数',
    en: 'RACE aphasia (right or no weakness): obeys "close eyes", "make a fist"',
    options: {
      both: { zh: '两项', en: 'both' },
      one: { zh: '一项', en: 'one' },
      neither: { zh: '都不能', en: 'neither' },
    },
  },
  strokeRaceAgnosia: {
    kind: 'choice',
    zh: 'RACE 失认（左侧偏瘫）：不识肢体、否认偏瘫',
    en: 'RACE agnosia (left weakness): does not know own arm, denies weakness',
    options: {
      none: { zh: '无', en: 'none' },
      one: { zh: '一项', en: 'one' },
      both: { zh: '两项', en: 'both' },
    },
  },
  strokeFastEdFace: {
    kind: 'choice',
    zh: 'FAST-ED 面瘫',
    en: 'FAST-ED face',
    options: {
      normal: { zh: '正常或轻微', en: 'normal or minor' },
      palsy: { zh: '部分或完全面瘫', en: 'partial or complete' },
    },
  },
  strokeFastEdArm: {
    kind: 'choice',
    zh: 'FAST-ED 上肢',
    en: 'FAST-ED arm',
    options: {
      normal: { zh: '无下落', en: 'no drift' },
      drifts: { zh: '下落或有部分抵抗', en: 'drift or some effort' },
      none: { zh: '不能抵抗重力或无活动', en: 'no effort or no movement' },
    },
  },
  strokeFastEdSpeech: {
    kind: 'choice',
    zh: 'FAST-ED 言语',
    en: 'FAST-ED speech',
    options: {
      normal: { zh: '正常', en: 'normal' },
      moderate: { zh: '轻中度', en: 'mild to moderate' },
      severe: { zh: '重度、完全失语或缄默', en: 'severe, global or mute' },
    },
  },
  strokeFastEdEyes: {
    kind: 'choice',
    zh: 'FAST-ED 眼球偏斜',
    en: 'FAST-ED eye deviation',
    options: {
      none: { zh: '无', en: 'none' },
      partial: { zh: '部分', en: 'partial' },
      forced: { zh: '强迫偏斜', en: 'forced' },
    },
  },
  strokeFastEdNeglect: {
    kind: 'choice',
    zh: 'FAST-ED 忽视',
    en: 'FAST-ED denial or neglect',
    options: {
      none: { zh: '无', en: 'none' },
      extinction: { zh: '一种感觉消退', en: 'extinction in one modality' },
      neglect: { zh: '不识自己的手或只注意一侧', en: 'does not know own hand, or one side only' },
    },
  },
  strokeSevereHeadache: { kind: 'flag', zh: '剧烈头痛', en: 'severe headache' },
  strokeThunderclap: {
    kind: 'flag',
    zh: '突发最剧烈头痛（1分钟内达高峰）',
    en: 'sudden worst headache, peak within 1 min',
  },
  strokeNeckStiffness: { kind: 'flag', zh: '颈项强直', en: 'neck stiffness' },
  strokeSyncope: { kind: 'flag', zh: '起病时晕厥', en: 'syncope at onset' },
  strokeRapidDecline: {
    kind: 'flag',
    zh: '迅速恶化（GCS下降≥2分）',
    en: 'rapid decline (GCS fell by 2 or more)',
  },
  strokeAbruptComa: { kind: 'flag', zh: '突然昏迷，无其他原因', en: 'abrupt coma, no other cause' },
  strokePupilsAbnormal: { kind: 'flag', zh: '瞳孔异常', en: 'abnormal pupils' },
  strokeGazePalsy: { kind: 'flag', zh: '凝视麻痹或眼位异常', en: 'gaze palsy or skew' },
  strokePosturing: { kind: 'flag', zh: '去皮质或去大脑强直', en: 'posturing' },
  strokeBilateralSigns: { kind: 'flag', zh: '双侧运动体征', en: 'bilateral motor signs' },
  strokeResolved: {
    kind: 'choice',
    zh: '症状已完全缓解（TIA）',
    en: 'deficit resolved (TIA)',
    options: {
      no: { zh: '未缓解', en: 'not resolved' },
      'face-arm-speech': { zh: '已缓解：面、肢体或言语', en: 'resolved: face, arm or speech' },
      other: { zh: '已缓解：其他症状', en: 'resolved: other symptoms' },
    },
  },
  strokeHypoglycaemiaHold: {
    kind: 'flag',
    zh: '低血糖先纠正，15分钟内复评',
    en: 'hypoglycaemia being corrected first, re-score within 15 min',
    lastsMin: 15,
  },
  strokeAfterGlucose: {
    kind: 'choice',
    zh: '纠正血糖后复评',
    en: 're-score after glucose',
    options: {
      persists: { zh: '缺损仍在', en: 'deficit persists' },
      resolved: { zh: '缺损消失', en: 'deficit resolved' },
    },
  },
  strokeAnticoagulantDrug: {
    kind: 'choice',
    zh: '抗凝药种类',
    en: 'which anticoagulant',
    options: {
      doac: { zh: '新型口服抗凝药（沙班类、达比加群）', en: 'DOAC (IIa or Xa inhibitor)' },
      warfarin: { zh: '华法林', en: 'warfarin' },
      lmwh: { zh: '低分子肝素', en: 'LMWH' },
      other: { zh: '其他或不详', en: 'other or not known' },
    },
  },
  strokeAnticoagulantHours: {
    kind: 'measure',
    zh: '距末次抗凝药（询问时）',
    en: 'since the last anticoagulant dose, when asked',
    unit: 'h',
    least: 0,
    most: 720,
  },
  strokeInr: { kind: 'measure', zh: 'INR', en: 'INR', unit: '{INR}', least: 0.5, most: 20 },
  strokeProthrombinS: { kind: 'measure', zh: '凝血酶原时间', en: 'prothrombin time', unit: 's', least: 5, most: 300 },
  strokePlatelets: { kind: 'measure', zh: '血小板', en: 'platelets', unit: '10*9/L', least: 0, most: 2000 },
  strokeMrsBefore: { kind: 'scale', zh: '发病前mRS', en: 'mRS before the stroke', least: 0, most: 5 },
  strokeWeightKg: { kind: 'measure', zh: '体重', en: 'weight', unit: 'kg', least: 1, most: 350 },
  strokeSeizureAtOnset: { kind: 'flag', zh: '起病时抽搐', en: 'seizure at onset' },
  strokeConsentContact: { kind: 'flag', zh: '知情同意联系人可联系', en: 'contact for consent can be reached' },
} as const satisfies AssessmentItems;
