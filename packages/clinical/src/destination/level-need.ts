import type { Ability, DestinationRules } from './destination-definition.ts';
import type { PatientNeeds } from './destination-question.ts';
import { reason, type Reason } from './reason.ts';

/** What bounds a drive past a nearer able hospital. */
export type Bypass = 'wire' | 'thrombectomy' | 'trauma' | null;

/** What a hospital must be able to do to be reached directly, and what will do when that is out of reach. */
export interface Need {
  readonly preferred: readonly Ability[];
  readonly acceptable: readonly Ability[];
  readonly bypass: Bypass;
  /** Within reach the higher rank leads, whatever the minutes. */
  readonly isHighestFirst: boolean;
  readonly reasons: readonly Reason[];
  /** Names of what would make the need surer. */
  readonly lacking: readonly string[];
}

const need = (
  preferred: readonly Ability[],
  acceptable: readonly Ability[],
  reasons: readonly Reason[],
  more: Partial<Need> = {},
): Need => ({ preferred, acceptable, bypass: null, isHighestFirst: false, reasons, lacking: [], ...more });

function strokeNeed({ isLvoPositive, minutesSinceLastKnownWell }: PatientNeeds): Need {
  const lacking = minutesSinceLastKnownWell === null ? ['lastKnownWell'] : [];
  if (isLvoPositive === 'TRUE')
    return need(['evt'], ['ivt'], [reason('need-stroke-evt')], { bypass: 'thrombectomy', lacking });
  if (isLvoPositive === 'FALSE') return need(['ivt'], ['ivt'], [reason('need-stroke-ivt')]);
  return need(['ivt'], ['ivt'], [reason('need-stroke-lvo-unknown')], { lacking: ['lvoScale'] });
}

const isBelow = (value: number | null, limit: number): boolean => value !== null && value < limit;
const known = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) && value > 0 ? value : null;

/** The row that gestation or weight falls under, the least level above all rows. */
function newbornAbility(gestationDays: number | null, weightG: number | null, { neonate }: DestinationRules): Ability {
  const row = neonate.find(
    (one) => isBelow(gestationDays, one.gestationBelowDays) || isBelow(weightG, one.weightBelowG),
  );
  return row?.ability ?? 'nicu-2';
}

function neonateNeed(patient: PatientNeeds, rules: DestinationRules): Need {
  const gestationDays = known(patient.gestationDays);
  const weightG = known(patient.birthWeightG);
  const lacking = [
    ...(gestationDays === null ? ['gestationDays'] : []),
    ...(weightG === null ? ['birthWeightG'] : []),
    ...(patient.needsOrganSupport === 'UNKNOWN' ? ['needsOrganSupport'] : []),
  ];
  const reasons: Reason[] = [reason('specialist-team')];
  const withLacking = (ability: Ability) => need([ability], ['nicu-2'], reasons, { lacking });
  if (patient.needsSurgeryOrEcmo === 'TRUE') {
    reasons.unshift(reason('need-neonate-surgery'));
    return withLacking('nicu-3b');
  }
  const byBody = newbornAbility(gestationDays, weightG, rules);
  const isBodyUnknown = gestationDays === null && weightG === null;
  const isSupported = isBodyUnknown ? patient.needsOrganSupport === 'TRUE' : patient.needsOrganSupport !== 'FALSE';
  if (byBody === 'nicu-2' && isSupported) {
    reasons.unshift(reason('need-neonate-support'));
    return withLacking('nicu-3a');
  }
  reasons.unshift(
    isBodyUnknown ? reason('need-neonate-unknown') : reason('need-neonate-level', {}, { abilities: [byBody] }),
  );
  return withLacking(byBody);
}

/** The mother's own level: the higher of her risk colour's and her cause's. */
function motherAbility({ riskColour, maternalCause }: PatientNeeds, rules: DestinationRules): Ability {
  const asked = [
    rules.riskColours.find((one) => one.colour === riskColour)?.ability,
    rules.maternalCauses.find((one) => one.code === maternalCause)?.ability,
  ];
  return asked.includes('maternal-tertiary') ? 'maternal-tertiary' : 'maternal-county';
}

function maternalNeed(patient: PatientNeeds, rules: DestinationRules): Need {
  const mother = motherAbility(patient, rules);
  const reasons: Reason[] = [reason('need-maternal', {}, { abilities: [mother] }), reason('specialist-team')];
  const lacking = patient.riskColour === null ? ['pregnancyRiskColour'] : [];
  if (patient.isUndelivered === 'FALSE') return need([mother], [mother], reasons, { lacking });
  const gestationDays = known(patient.gestationDays);
  if (gestationDays === null) {
    reasons.push(reason('need-maternal-gestation-unknown'));
    return need([mother, 'nicu-2'], [mother], reasons, { lacking: [...lacking, 'gestationDays'] });
  }
  if (gestationDays < rules.limits.viabilityDays.value) return need([mother], [mother], reasons, { lacking });
  const newborn = newbornAbility(gestationDays, null, rules);
  const ofWeek = { weeks: Math.floor(gestationDays / 7), days: Math.floor(gestationDays % 7) };
  reasons.push(reason('need-maternal-nicu', ofWeek, { abilities: [newborn] }));
  return need([mother, newborn], [mother], reasons, { lacking });
}

/** What the specialty asks of a hospital by tier, age of gestation and so on (clinical.md C). Total. */
export function needOf(patient: PatientNeeds, rules: DestinationRules): Need {
  switch (patient.specialty) {
    case 'chest-pain':
      if (patient.tier !== 'level-1')
        return need(['thrombolysis-heart'], ['thrombolysis-heart'], [reason('need-chest-pain-any')]);
      return need(['pci-24h'], ['thrombolysis-heart'], [reason('need-chest-pain')], {
        bypass: 'wire',
        lacking: patient.minutesSinceFirstContact === null ? ['T_FMC'] : [],
      });
    case 'stroke':
      return strokeNeed(patient);
    case 'trauma':
      return patient.tier === 'level-1'
        ? need(['trauma-care'], ['trauma-care'], [reason('need-trauma-highest')], {
            bypass: 'trauma',
            isHighestFirst: true,
          })
        : need(['trauma-care'], ['trauma-care'], [reason('need-trauma-any')]);
    case 'neonate':
      return neonateNeed(patient, rules);
    case 'maternal':
      return maternalNeed(patient, rules);
    case 'emergency':
      return need(['emergency'], ['emergency'], [reason('need-emergency')]);
  }
}
