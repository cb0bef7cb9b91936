import type { CaseView } from '@pentad/protocol/case-view';
import type { Locale } from '@pentad/ui/locale';

export function ageWords(view: CaseView, locale: Locale): string | null {
  const { ageDays, ageYears } = view.patient;
  if (ageDays !== null) return locale.t('patient.days', { days: ageDays });
  if (ageYears === null) return null;
  return locale.t(view.visibility === 'none' ? 'patient.decade' : 'patient.years', { years: ageYears });
}

function gestationWords(view: CaseView, locale: Locale): string | null {
  const { gestationDays, isPregnant } = view.patient;
  if (gestationDays === null) return isPregnant === true ? locale.t('patient.pregnant') : null;
  const weeks = `${Math.floor(gestationDays / 7)}+${gestationDays % 7}`;
  return locale.t(isPregnant === true ? 'patient.gestation' : 'patient.bornAt', { weeks });
}

/** "张* 男 58 岁": what this reader may see of who it is; what is not known is left out, never guessed. */
export function whoIs(view: CaseView, locale: Locale): string {
  const sex =
    view.patient.sex === null ? null : locale.t(view.patient.sex === 'male' ? 'patient.male' : 'patient.female');
  const parts = [view.patientName, sex, ageWords(view, locale), gestationWords(view, locale)].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? locale.t('patient.unknown') : parts.join(' ');
}

/** What it is, in the crew's words; the specialty where no complaint was entered. */
export function whatIs(view: CaseView, locale: Locale): string {
  if (view.complaintCodes.length > 0)
    return view.complaintCodes.map((code) => locale.label('complaint', code)).join(locale.t('list.comma'));
  return view.specialty === null ? locale.t('complaint.none') : locale.label('specialty', view.specialty);
}
