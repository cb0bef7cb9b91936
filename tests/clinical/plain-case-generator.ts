import type { PlainCase, PlainVitals } from '@pentad/auditor-rules/plain-case';
import { assessmentItems, itemNamed } from '@pentad/protocol/assessment-items';
import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Specialty } from '@pentad/protocol/center';
import type { Chance } from './chance.ts';
import { coherent } from './coherent.ts';
import { edgesOf, plausible, vitalEdges } from './edges.ts';

const kinds = ['man', 'woman', 'pregnant', 'postpartum', 'newborn', 'infant', 'child', 'unknown'] as const;
type Kind = (typeof kinds)[number];

const pregnancyDays = [null, 56, 139, 140, 141, 167, 168, 195, 196, 237, 238, 258, 259, 280] as const;
const bornAtDays = [null, 180, 195, 196, 223, 224, 237, 238, 244, 245, 251, 252, 258, 259, 280] as const;

function patientOf(kind: Kind, chance: Chance): Patient {
  const unknown: Patient = { ageYears: null, ageDays: null, sex: null, gestationDays: null, isPregnant: null };
  const anySex = chance.one(['male', 'female', null] as const);
  const adultYears = chance.one([16, 17, 29, 30, 39, 40, 55, 56, 64, 65, 66, 80]);
  const motherYears = chance.one([16, 24, 32, 41, null]);
  switch (kind) {
    case 'man':
      return { ...unknown, sex: chance.one(['male', 'male', null] as const), ageYears: adultYears };
    case 'woman':
      return { ...unknown, sex: 'female', ageYears: adultYears, isPregnant: chance.one([false, null]) };
    case 'pregnant':
      return {
        ...unknown,
        sex: chance.one(['female', null] as const),
        ageYears: motherYears,
        isPregnant: true,
        gestationDays: chance.one(pregnancyDays),
      };
    case 'postpartum':
      return { ...unknown, sex: 'female', ageYears: motherYears, isPregnant: chance.one([false, null]) };
    case 'newborn': {
      const gestationDays = chance.one(bornAtDays);
      const isOlder = gestationDays !== null && gestationDays < 240 && chance.happens(0.2);
      const ageDays = isOlder ? 308 - gestationDays + chance.whole(-1, 1) : chance.one([0, 0, 0, 1, 3, 27, 28]);
      return { ...unknown, sex: anySex, gestationDays, ageDays, ageYears: chance.one([0, null]) };
    }
    case 'infant':
      return { ...unknown, sex: anySex, ageDays: chance.one([29, 60, 120, 364]), ageYears: chance.one([0, null]) };
    case 'child':
      return { ...unknown, sex: anySex, ageYears: chance.one([1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 15]) };
    case 'unknown':
      return { ...unknown, sex: anySex, ageYears: chance.one([0, null, null]) };
  }
}

const likelySpecialty: Record<Kind, readonly [Specialty, ...Specialty[]]> = {
  man: ['chest-pain', 'stroke', 'trauma'],
  woman: ['chest-pain', 'stroke', 'trauma', 'maternal'],
  pregnant: ['maternal', 'maternal', 'trauma'],
  postpartum: ['maternal'],
  newborn: ['neonate'],
  infant: ['trauma', 'neonate'],
  child: ['trauma', 'emergency'],
  unknown: ['trauma', 'neonate', 'maternal', 'chest-pain'],
};

const boundsOf = (kind: Kind): keyof typeof plausible => {
  if (kind === 'newborn' || kind === 'unknown') return kind;
  return kind === 'infant' || kind === 'child' ? 'child' : 'adult';
};

function vitalsOf(kind: Kind, chance: Chance): PlainVitals {
  const bounds = plausible[boundsOf(kind)];
  const answered = chance.one([0.3, 0.6, 0.9]);
  const value = (name: keyof PlainVitals, step: number): number | null => {
    if (!chance.happens(answered)) return null;
    const [least, most] = bounds[name];
    const drawn = chance.happens(0.8)
      ? chance.one(vitalEdges[name]) + step * chance.whole(-1, 1)
      : least + chance.next() * (most - least);
    const rounded = step === 1 ? Math.round(drawn) : Math.round(drawn * 10) / 10;
    return Math.min(most, Math.max(least, rounded));
  };
  const systolicMmHg = value('systolicMmHg', 1);
  const diastolicMmHg = value('diastolicMmHg', 1);
  const heartRateBpm = value('heartRateBpm', 1);
  const isOnRatio = systolicMmHg !== null && chance.happens(0.3);
  const ratio = systolicMmHg === null ? 1 : Math.round(systolicMmHg * chance.one([0.9, 0.9, 1, 1, 1.2, 1.22]));
  const [slowest, fastest] = bounds.heartRateBpm;
  return {
    systolicMmHg,
    diastolicMmHg:
      systolicMmHg !== null && diastolicMmHg !== null && diastolicMmHg >= systolicMmHg ? null : diastolicMmHg,
    heartRateBpm: isOnRatio ? Math.min(fastest, Math.max(slowest, ratio + chance.whole(-1, 1))) : heartRateBpm,
    respiratoryRatePerMin: value('respiratoryRatePerMin', 1),
    spo2Percent: value('spo2Percent', 1),
    temperatureC: value('temperatureC', 0.1),
    glucoseMmolPerL: value('glucoseMmolPerL', 0.1),
  };
}

/** Which answers may be asked of such a patient: the item names begin with these. */
const groups: readonly RegExp[] = [/^stroke/, /^trauma|^isInjured/, /^st[A-Z]|^ecg|Mm$|smith|^reader|^device/];
const ofKind: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^(neonate|apgar)/, ['newborn', 'unknown']],
  [/^pews/, ['newborn', 'infant', 'child', 'unknown']],
  [/^maternal/, ['pregnant', 'postpartum', 'woman', 'unknown']],
];

/** Questions whose yes is the healthy answer. */
const healthyYes = /^(radialPulse|centralPulse|obeysCommands|traumaPurposefulMovement|strokeConsentContact)$/;

function answerTo(name: string, positive: number, chance: Chance): ItemAnswer {
  const item = itemNamed(name);
  if (!item || chance.happens(0.02)) return null;
  switch (item.kind) {
    case 'flag':
      return chance.happens(positive) !== healthyYes.test(name);
    case 'choice': {
      const [first = null, ...others] = Object.keys(item.options);
      const another = others[chance.whole(0, others.length - 1)] ?? first;
      return chance.happens(positive * 1.5) ? another : first;
    }
    case 'scale':
    case 'measure':
      return Math.min(item.most, Math.max(item.least, chance.one(edgesOf(name))));
  }
}

/** A 12-lead about the line of the left main pattern: six leads depressed by 1 mm, aVR or V1 raised by 1. */
const leftMainLevel = (name: string, chance: Chance): number =>
  /^st(Avr|V1)Mm$/.test(name) ? chance.one([0.9, 1, -1]) : chance.one([-1, -1, -1, -1.2, -0.9, 0]);

function itemsOf(kind: Kind, chance: Chance): Record<string, ItemAnswer> {
  const left = groups.filter(() => chance.happens(0.5));
  const positive = chance.one([0.03, 0.1, 0.25, 0.5]);
  const answered = chance.one([0.05, 0.2, 0.5, 0.5, 0.9]);
  const asked = Object.keys(assessmentItems).filter(
    (name) =>
      !left.some((group) => group.test(name)) &&
      ofKind.every(([pattern, whom]) => !pattern.test(name) || whom.includes(kind)) &&
      chance.happens(answered),
  );
  const isDepressed = chance.happens(0.1);
  return Object.fromEntries(
    asked.map((name) => [
      name,
      isDepressed && /^st[A-Z].*Mm$/.test(name) ? leftMainLevel(name, chance) : answerTo(name, positive, chance),
    ]),
  );
}

const gcsOf = (chance: Chance): PlainCase['gcs'] => {
  if (chance.happens(0.5)) return null;
  const isWell = chance.happens(0.4);
  const part = (most: number): number | null => {
    if (chance.happens(0.1)) return null;
    return isWell ? most : chance.whole(1, most);
  };
  const [eye, verbal, motor] = [part(4), part(5), part(6)];
  const notTestable = verbal === null && chance.happens(0.5) ? (['verbal'] as const) : [];
  return { eye, verbal, motor, notTestable };
};

export function plainCase(chance: Chance): PlainCase {
  const kind = chance.one(kinds);
  const clocks = [0, 60, 269, 270, 271, 900, 1439, 1440, 1441, 3000] as const;
  const patient = patientOf(kind, chance);
  const minutesOfDay = chance.one([1, 9, 10, 11, 59, 60, 61, 239, 240, 359, 360, 361, 1000]);
  const sinceDelivery = chance.one([30, 180, 1439, 1440, 1441, 20_000, 60_480, 60_481]);
  const sinceBirth = kind === 'newborn' && patient.ageDays === 0 ? minutesOfDay : null;
  const whichClock = chance.whole(0, 3);
  return coherent({
    specialty: chance.happens(0.7) ? chance.one(likelySpecialty[kind]) : chance.one([null, 'emergency', null]),
    patient,
    vitals: vitalsOf(kind, chance),
    consciousness: chance.one([null, 'alert', 'alert', 'alert', 'confusion', 'voice', 'pain', 'unresponsive']),
    oxygen: chance.one([null, 'air', 'oxygen']),
    isPressureUnrecordable: chance.one([null, null, false, false, true]),
    gcs: gcsOf(chance),
    items: itemsOf(kind, chance),
    minutesSinceLastKnownWell: whichClock === 1 ? chance.one(clocks) : null,
    minutesSinceOnset: whichClock === 2 ? chance.one(clocks) : null,
    minutesSinceBirth: kind === 'postpartum' && chance.happens(0.7) ? sinceDelivery : sinceBirth,
    minutesSinceRosc: chance.happens(0.03) ? chance.whole(1, 20) : null,
    bloodLossMl:
      kind === 'postpartum' || chance.happens(0.1) ? chance.one([null, 0, 299, 300, 499, 500, 999, 1000, 1500]) : null,
  });
}
