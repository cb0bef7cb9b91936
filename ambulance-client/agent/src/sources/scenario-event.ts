const MINUTE_MS = 60_000;

/** The clinical part of a scripted event: what the script says, with the ids and instants the player adds. */
export function scriptedClinical(
  type: string,
  data: Readonly<Record<string, unknown>>,
  { atMs, id }: { readonly atMs: number; readonly id: string },
): Record<string, unknown> | null {
  const { agoMinutes, ...clinical } = data;
  const instantMs = typeof agoMinutes === 'number' ? Math.max(0, atMs - agoMinutes * MINUTE_MS) : atMs;
  switch (type) {
    case 'milestone.stamped':
      return { stampId: id, atMs: instantMs, errorMs: null, ...clinical };
    case 'onset.recorded':
      return { atMs: instantMs, ...clinical };
    case 'assessment.recorded':
      return { assessmentId: id, measuredAtMs: instantMs, isPressureUnrecordable: null, ...clinical };
    case 'treatment.recorded':
      return {
        treatmentId: id,
        givenAtMs: instantMs,
        dose: null,
        doseUnit: null,
        route: null,
        site: null,
        fio2Percent: null,
        ...clinical,
      };
    case 'blood-loss.recorded':
      return { entryId: id, measuredAtMs: instantMs, ...clinical };
    case 'destination.chosen':
    case 'case.progressed':
      return clinical;
    default:
      return null;
  }
}
