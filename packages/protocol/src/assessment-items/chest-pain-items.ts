import type { AssessmentItem, AssessmentItems } from './item.ts';

/** Of a 12-lead or added leads, at the J point against the baseline, mm at 10 mm/mV (1 mm = 0.1 mV); below 0 is depression. */
const stLevel = (lead: string) =>
  ({
    kind: 'measure',
    zh: `${lead} 导联 ST 段偏移`,
    en: `ST level in ${lead}`,
    unit: 'mm',
    least: -30,
    most: 30,
  }) as const satisfies AssessmentItem;

/** Lead by lead, in the order of clinical.md B1.1. */
const stLevels = {
  stIMm: stLevel('I'),
  stIIMm: stLevel('II'),
  stIIIMm: stLevel('III'),
  stAvrMm: stLevel('aVR'),
  stAvlMm: stLevel('aVL'),
  stAvfMm: stLevel('aVF'),
  stV1Mm: stLevel('V1'),
  stV2Mm: stLevel('V2'),
  stV3Mm: stLevel('V3'),
  stV4Mm: stLevel('V4'),
  stV5Mm: stLevel('V5'),
  stV6Mm: stLevel('V6'),
  stV7Mm: stLevel('V7'),
  stV8Mm: stLevel('V8'),
  stV9Mm: stLevel('V9'),
  stV3rMm: stLevel('V3R'),
  stV4rMm: stLevel('V4R'),
  stV5rMm: stLevel('V5R'),
  stV6rMm: stLevel('V6R'),
} as const satisfies AssessmentItems;

/** What the machine prints and what a person reads on the ECG. */
const ecgStatements = {
  deviceAcuteMi: { kind: 'flag', zh: '心电图机提示急性心肌梗死', en: 'device statement: acute MI' },
  deviceProbablyBenign: {
    kind: 'flag',
    zh: '心电图机提示 ST 抬高可能为左室肥厚或早期复极',
    en: 'device statement: ST elevation probably due to LVH or early repolarisation',
  },
  readerStemi: { kind: 'flag', zh: '医生判读：STEMI', en: 'read by a physician: STEMI' },
  readerStemiEquivalent: {
    kind: 'flag',
    zh: '医生判读：STEMI 等同改变（正后壁、de Winter、超急性 T 波、左主干型、束支阻滞或起搏下符合标准）',
    en: 'read by a physician: STEMI equivalent (posterior, de Winter, hyperacute T, left main pattern, criteria met in LBBB or paced rhythm)',
  },
  ecgUninterpretable: {
    kind: 'flag',
    zh: '心电图重采 2 次仍无法判读',
    en: 'ECG still uninterpretable after two more recordings',
    lastsMin: 30,
  },
  ecgLbbb: { kind: 'flag', zh: '左束支传导阻滞', en: 'left bundle branch block' },
  ecgPaced: { kind: 'flag', zh: '心室起搏心律', en: 'ventricular paced rhythm' },
  ecgLvh: { kind: 'flag', zh: '心电图左室肥厚', en: 'left ventricular hypertrophy on the ECG' },
  hyperacuteT: { kind: 'flag', zh: '超急性期 T 波', en: 'hyperacute T waves' },
  reciprocalDepression: { kind: 'flag', zh: '对应导联 ST 段压低', en: 'reciprocal ST depression' },
  dynamicIschaemia: {
    kind: 'flag',
    zh: '动态改变：相邻 ≥2 个导联 ST 压低 ≥0.5 mm 或 T 波倒置 >1 mm',
    en: 'dynamic: ST depression of 0.5 mm or more, or T inversion above 1 mm, in 2 contiguous leads',
  },
  stChangeBetweenEcgsMm: {
    kind: 'measure',
    zh: '两份心电图之间 ST-T 最大变化',
    en: 'largest ST-T change between two ECGs',
    unit: 'mm',
    least: 0,
    most: 30,
  },
  ecgMinutesAfterRosc: {
    kind: 'measure',
    zh: '最近一份心电图距 ROSC',
    en: 'latest ECG after ROSC',
    unit: 'min',
    least: 0,
    most: 1440,
  },
  concordantElevationMm: {
    kind: 'measure',
    zh: '束支阻滞或起搏：同向 ST 抬高（最大）',
    en: 'LBBB or paced: largest concordant ST elevation',
    unit: 'mm',
    least: 0,
    most: 30,
  },
  concordantDepressionMm: {
    kind: 'measure',
    zh: '束支阻滞或起搏：V1–V3 同向 ST 压低（最大）',
    en: 'LBBB or paced: largest concordant ST depression in V1 to V3',
    unit: 'mm',
    least: 0,
    most: 30,
  },
  discordantElevationMm: {
    kind: 'measure',
    zh: '束支阻滞或起搏：反向 ST 抬高（最大）',
    en: 'LBBB or paced: largest discordant ST elevation',
    unit: 'mm',
    least: 0,
    most: 30,
  },
  smithRatio: {
    kind: 'measure',
    zh: 'Smith 比值：ST/S（负值，反向抬高 ≥1 mm 导联中最小者）',
    en: 'Smith ratio: ST/S, negative, the lowest of the leads with 1 mm of discordant elevation',
    unit: '1',
    least: -10,
    most: 0,
  },
  smithElevationMm: {
    kind: 'measure',
    zh: 'Smith 比值所在导联的 ST 抬高',
    en: 'ST elevation in the lead of the Smith ratio',
    unit: 'mm',
    least: 0,
    most: 30,
  },
  heartRhythm: {
    kind: 'choice',
    zh: '心律',
    en: 'rhythm',
    options: {
      sinus: { zh: '窦性心律', en: 'sinus' },
      af: { zh: '心房颤动或扑动', en: 'atrial fibrillation or flutter' },
      svt: { zh: '室上性心动过速', en: 'supraventricular tachycardia' },
      vt: { zh: '室性心动过速', en: 'ventricular tachycardia' },
      vf: { zh: '心室颤动', en: 'ventricular fibrillation' },
      'high-degree-block': { zh: '高度房室阻滞（二度 II 型、三度）', en: 'high-degree AV block' },
      bradycardia: { zh: '其他缓慢性心律失常', en: 'other bradycardia' },
      paced: { zh: '起搏心律', en: 'paced' },
      other: { zh: '其他', en: 'other' },
    },
  },
  arrhythmiaUnstable: {
    kind: 'flag',
    zh: '心律失常伴血流动力学不稳定',
    en: 'haemodynamically unstable arrhythmia',
    lastsMin: 30,
  },
} as const satisfies AssessmentItems;

/** Whatever the specialty; the general rules ask for them. */
const generalItems = {
  arrestOtherCause: {
    kind: 'flag',
    zh: '骤停有明确的非心源性原因（窒息、溺水、中毒、失血等）',
    en: 'arrest with another known cause (choking, drowning, poisoning, bleeding ...)',
  },
  abnormalOnRecheck: {
    kind: 'flag',
    zh: '5 分钟后复测仍异常',
    en: 'still abnormal when looked at again after 5 min',
    lastsMin: 30,
  },
  abnormalIsBaseline: {
    kind: 'flag',
    zh: '该异常是患者平时的状态',
    en: 'the abnormal value is this patient as usual',
  },
  onVasopressor: { kind: 'flag', zh: '正在使用升压药', en: 'on a vasopressor' },
  respiratoryFailure: { kind: 'flag', zh: '呼吸衰竭', en: 'respiratory failure', lastsMin: 30 },
} as const satisfies AssessmentItems;

/** Chest pain and what looks like it. */
export const chestPainItems = {
  hasChestPain: { kind: 'flag', zh: '胸痛或胸闷', en: 'chest pain or tightness' },
  hasAnginaEquivalent: {
    kind: 'flag',
    zh: '缺血等同症状（呼吸困难、上腹或下颌或肩臂痛、大汗、晕厥）',
    en: 'angina equivalent (breathlessness, epigastric, jaw or arm pain, sweating, syncope)',
  },
  chestPainOngoing: {
    kind: 'flag',
    zh: '缺血性胸痛已 ≥10 分钟且仍在痛',
    en: 'ischaemic-type pain for 10 min or more and still there',
    lastsMin: 30,
  },
  chestSweating: { kind: 'flag', zh: '伴大汗', en: 'with sweating' },
  chestPainBothArms: { kind: 'flag', zh: '疼痛放射至双臂', en: 'pain radiates to both arms' },
  chestPainRecurred: { kind: 'flag', zh: '治疗后胸痛复发', en: 'pain recurred after treatment' },
  chestPainSyncope: { kind: 'flag', zh: '胸痛伴晕厥', en: 'syncope with the chest pain' },
  knownCoronaryDisease: { kind: 'flag', zh: '已知冠心病或 PCI/CABG 史', en: 'known coronary disease, PCI or CABG' },
  coronaryRiskFactors: {
    kind: 'flag',
    zh: '冠心病危险因素（高血压、糖尿病、血脂异常、吸烟、家族史）',
    en: 'coronary risk factors (hypertension, diabetes, lipids, smoking, family history)',
  },
  ischaemicHeartFailure: {
    kind: 'flag',
    zh: '急性心衰或肺水肿，考虑缺血所致',
    en: 'acute heart failure or pulmonary oedema, presumed ischaemic',
  },
  mechanicalComplication: {
    kind: 'flag',
    zh: '怀疑心梗机械并发症（新发杂音、室间隔穿孔、乳头肌断裂）',
    en: 'suspected mechanical complication of infarction',
  },
  peSuspected: { kind: 'flag', zh: '怀疑肺栓塞', en: 'suspected pulmonary embolism' },
  systolicFellBy40: {
    kind: 'flag',
    zh: '收缩压较平时下降 ≥40 mmHg',
    en: 'systolic pressure 40 mmHg or more below the usual',
    lastsMin: 15,
  },
  tensionPneumothorax: { kind: 'flag', zh: '怀疑张力性气胸', en: 'suspected tension pneumothorax' },
  cardiacTamponade: { kind: 'flag', zh: '怀疑心脏压塞', en: 'suspected cardiac tamponade' },
  aorticHighRiskHistory: {
    kind: 'flag',
    zh: '夹层高危病史（马方等结缔组织病、主动脉病家族史、已知主动脉瓣病、近期主动脉操作、已知胸主动脉瘤）',
    en: 'high-risk for dissection (Marfan or other connective tissue disease, family history, aortic valve disease, recent aortic manipulation, thoracic aneurysm)',
  },
  painAbrupt: { kind: 'flag', zh: '疼痛骤然发作', en: 'pain of abrupt onset' },
  painSevere: { kind: 'flag', zh: '疼痛剧烈', en: 'severe pain' },
  painTearing: { kind: 'flag', zh: '撕裂样或刀割样疼痛', en: 'ripping or tearing pain' },
  pulseDeficit: {
    kind: 'flag',
    zh: '一侧脉搏减弱或消失、两侧不对称',
    en: 'pulse weak, absent or unequal between sides',
  },
  rightArmSystolicMmHg: {
    kind: 'measure',
    zh: '右臂收缩压',
    en: 'right arm systolic pressure',
    unit: 'mm[Hg]',
    least: 0,
    most: 350,
  },
  leftArmSystolicMmHg: {
    kind: 'measure',
    zh: '左臂收缩压',
    en: 'left arm systolic pressure',
    unit: 'mm[Hg]',
    least: 0,
    most: 350,
  },
  focalNeuroDeficit: { kind: 'flag', zh: '局灶神经功能缺损', en: 'focal neurological deficit' },
  newAorticMurmur: {
    kind: 'flag',
    zh: '新出现的主动脉瓣关闭不全杂音',
    en: 'new murmur of aortic regurgitation',
  },
  ...ecgStatements,
  ...stLevels,
  ...generalItems,
} as const satisfies AssessmentItems;
