interface Answer {
  readonly points: number;
  readonly zh: string;
  readonly en: string;
}

interface GcsAnswers {
  readonly eye: readonly Answer[];
  readonly verbal: readonly Answer[];
  readonly motor: readonly Answer[];
}

const answer = (points: number, zh: string, en: string): Answer => ({ points, zh, en });

const eye = [
  answer(4, '自发睁眼', 'opens spontaneously'),
  answer(3, '呼唤睁眼', 'opens to sound'),
  answer(2, '刺痛睁眼', 'opens to pressure'),
  answer(1, '无反应', 'none'),
];
const lowerMotor = [
  answer(4, '刺痛回缩', 'withdraws, normal flexion'),
  answer(3, '异常屈曲', 'abnormal flexion'),
  answer(2, '过伸', 'extension'),
  answer(1, '无反应', 'none'),
];

const speaking: GcsAnswers = {
  eye,
  verbal: [
    answer(5, '定向正确', 'oriented'),
    answer(4, '应答混乱', 'confused'),
    answer(3, '只能说单词', 'words'),
    answer(2, '只能发声', 'sounds'),
    answer(1, '无反应', 'none'),
  ],
  motor: [answer(6, '遵嘱动作', 'obeys commands'), answer(5, '刺痛定位', 'localises'), ...lowerMotor],
};

const infant: GcsAnswers = {
  eye,
  verbal: [
    answer(5, '咿呀发声、微笑', 'coos, babbles'),
    answer(4, '烦躁哭闹', 'irritable cry'),
    answer(3, '疼痛时哭', 'cries to pain'),
    answer(2, '疼痛时呻吟', 'moans'),
    answer(1, '无反应', 'none'),
  ],
  motor: [
    answer(6, '自发有目的动作', 'spontaneous purposeful movement'),
    answer(5, '触碰回缩', 'withdraws to touch'),
    ...lowerMotor,
  ],
};

const PAEDIATRIC_BELOW_YEARS = 2;

/**
 * What the crew chooses from for each part of the GCS: under 2 years the paediatric words (K: James/PALS; clinical.md A3,
 * second reading C2). `isPreverbal`: also an older child that does not speak. An age not known gives the words for adults.
 */
export const gcsAnswersFor = (ageYears: number | null, isPreverbal = false): GcsAnswers =>
  isPreverbal || (ageYears !== null && ageYears < PAEDIATRIC_BELOW_YEARS) ? infant : speaking;
