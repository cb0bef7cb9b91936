import { Specialty } from '@pentad/protocol/center';
import * as v from 'valibot';
import given from '../../data/destination.json' with { type: 'json' };
import { Bilingual, RuleStatus } from '../rules/rule-definition.ts';

/** What a hospital can do, as far as a destination asks for it. A higher level has those of the lower one too. */
const Ability = v.picklist([
  'pci-24h',
  'thrombolysis-heart',
  'evt',
  'ivt',
  'trauma-care',
  'nicu-2',
  'nicu-3a',
  'nicu-3b',
  'maternal-county',
  'maternal-tertiary',
  'emergency',
  'paediatric',
  'cta',
  'cardiac-surgery',
  'ecmo',
]);
export type Ability = v.InferOutput<typeof Ability>;

const RiskColour = v.picklist(['green', 'yellow', 'orange', 'red', 'purple']);
/** 妊娠风险评估: the colour on the card, never a tier of ours. */
export type RiskColour = v.InferOutput<typeof RiskColour>;

/** What makes the nearest able hospital the right one. */
const Threat = v.picklist(['airway', 'arrest', 'bleeding', 'birth']);
export type Threat = v.InferOutput<typeof Threat>;

/** The order of clinical.md 0.6.9, the most urgent first. */
export const Urgency = v.picklist(['exsanguination-or-airway', 'arrest-or-rosc', 'stemi', 'lvo', 'eclampsia', 'other']);
export type Urgency = v.InferOutput<typeof Urgency>;

const Count = v.pipe(v.number(), v.finite(), v.minValue(0));
const signedOff = { source: v.pipe(v.string(), v.minLength(1), v.maxLength(300)), status: RuleStatus };
const Limit = v.strictObject({ value: Count, meaning: Bilingual, ...signedOff });
const Named = { name: Bilingual };

const Limits = v.strictObject({
  fmcToWireCapMinutes: Limit,
  fmcToWireGoalMinutes: Limit,
  doorToWireAssumedMinutes: Limit,
  strokeExtraMinutes: Limit,
  strokeExtraWhenTransferIsWeakMinutes: Limit,
  ivtWindowMinutes: Limit,
  traumaGroundMinutes: Limit,
  limitedExtraMinutes: Limit,
  unknownExtraMinutes: Limit,
  catchmentGainMinutes: Limit,
  togetherGainMinutes: Limit,
  paediatricGainMinutes: Limit,
  capacityFreshMinutes: Limit,
  airTransportMinutes: Limit,
  massCasualtyPatients: Limit,
  viabilityDays: Limit,
  hysterotomyDays: Limit,
  chestPainDidoMinutes: Limit,
  strokeDidoMinutes: Limit,
});

const CenterLevel = v.strictObject({
  specialty: Specialty,
  level: v.pipe(v.string(), v.minLength(1), v.maxLength(48)),
  /** The higher the better equipped; compared within one specialty. */
  rank: Count,
  abilities: v.array(Ability),
  ...Named,
  ...signedOff,
});

const DestinationRules = v.strictObject({
  version: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  /** The city's word on its inter-hospital transfer of strokes. */
  isTransferSystemWeak: v.boolean(),
  limits: Limits,
  abilities: v.array(v.strictObject({ code: Ability, ...Named })),
  levels: v.array(CenterLevel),
  /** First row that holds; gestation in days, weight in g, both exclusive. */
  neonate: v.array(v.strictObject({ gestationBelowDays: Count, weightBelowG: Count, ability: Ability, ...signedOff })),
  riskColours: v.array(v.strictObject({ colour: RiskColour, ability: Ability, ...signedOff })),
  maternalCauses: v.array(
    v.strictObject({ code: v.pipe(v.string(), v.maxLength(48)), ability: Ability, ...Named, ...signedOff }),
  ),
  /** In this order; a row with a specialty is for that one only. */
  threats: v.array(
    v.strictObject({ code: Threat, specialty: v.optional(Specialty), ability: Ability, ...Named, ...signedOff }),
  ),
  specialties: v.array(v.strictObject({ code: Specialty, ...Named })),
  urgencies: v.array(v.strictObject({ code: Urgency, ...Named, ...signedOff })),
});
/** Minutes of driving unless a name says otherwise. */
export type DestinationRules = v.InferOutput<typeof DestinationRules>;

/** Throws ValiError naming the place: an unknown key, a number out of its width, a row without source or status. */
export const destinationRulesOf = (data: unknown): DestinationRules => v.parse(DestinationRules, data);

/** What ranks a destination unless a site says otherwise. */
export const destinationRules: DestinationRules = destinationRulesOf(given);
