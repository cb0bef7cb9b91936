import { judged } from '../expression/judge.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Score, ScoreItem } from './score.ts';
import { pointsOf, sumOfItems } from './score.ts';

const category = (text: string, ...reads: readonly string[]): ScoreItem => {
  const statement = parseExpression(text);
  return { reads, points: (facts) => pointsOf(judged(statement, facts), 1) };
};

/**
 * Pressures of the arms more than 20 mmHg apart; a deficit counts together with the pain (the rules ask for it). Shock as
 * in CP-R2: SBP below 90 or not to be taken, a vasopressor, cold and sweating with altered consciousness.
 */
const categories = [
  category('aorticHighRiskHistory', 'aorticHighRiskHistory'),
  category('painAbrupt or painSevere or painTearing', 'painAbrupt', 'painSevere', 'painTearing'),
  category(
    `pulseDeficit or rightArmSystolicMmHg - leftArmSystolicMmHg > 20 or leftArmSystolicMmHg - rightArmSystolicMmHg > 20
     or focalNeuroDeficit or certain(strokeFace or strokeArm or strokeSpeech) or newAorticMurmur or systolicMmHg < 90 or certain(onVasopressor)
     or certain(skin = cold-pale-sweating and (consciousness in (confusion, voice, pain, unresponsive) or gcs < 15))`,
    'pulseDeficit',
    'rightArmSystolicMmHg',
    'leftArmSystolicMmHg',
    'focalNeuroDeficit',
    'newAorticMurmur',
    'systolicMmHg',
  ),
];

const isAsked = parseExpression(
  'not certain(not isAdult) and (specialty = chest-pain or hasChestPain or painAbrupt or painSevere or painTearing)',
);

/** Aortic dissection detection risk score, 0-3: one point per category with any finding (condition, pain, examination); of pain only. */
export const addRsScore: Score = {
  name: 'add-rs',
  zh: '主动脉夹层风险评分',
  en: 'ADD-RS',
  source: 'Rogers 2011 (K); clinical.md CP-R7',
  status: 'from-knowledge',
  isLeading: false,
  reads: [
    ...new Set(categories.flatMap(({ reads }) => reads)),
    'onVasopressor',
    'skin',
    'consciousness',
    'gcsEye',
    'gcsVerbal',
    'gcsMotor',
    'strokeFace',
    'strokeArm',
    'strokeSpeech',
  ],
  applies: (facts) => judged(isAsked, facts),
  appliesOn: ['hasChestPain'],
  of: (facts) => sumOfItems('add-rs', categories, facts),
};
