export type UnitKind = 'per-minute' | 'percent' | 'pressure' | 'temperature';

export interface Unit {
  readonly kind: UnitKind;
  /** Into /min, %, mmHg, °C. */
  readonly toCanonical: (value: number) => number;
}

const same = (value: number): number => value;
const rounded = (value: number): number => Math.round(value * 100) / 100;
const perMinute: Unit = { kind: 'per-minute', toCanonical: same };
const percent: Unit = { kind: 'percent', toCanonical: same };
const mmHg: Unit = { kind: 'pressure', toCanonical: same };
/** 1 mmHg = 133.322 Pa (NIST SP 811 appendix B.8). */
const kiloPascal: Unit = { kind: 'pressure', toCanonical: (value) => rounded(value / 0.133322) };
const celsius: Unit = { kind: 'temperature', toCanonical: same };
/** NIST SP 811 appendix B.8; rounded, or 100.4 °F would stand a hair above 38 °C. */
const fahrenheit: Unit = { kind: 'temperature', toCanonical: (value) => rounded(((value - 32) * 5) / 9) };

/**
 * Spellings, in lower case and without blanks and {annotations}.
 * - ISO/IEEE 11073-10101 dimensions (partition 4: 262144 + code) with their reference identifiers: 2720, 2784, 2528, 544,
 *   3872, 3843, 6048, 4416. Philips MDIL 0004-xxxx is the same number in hexadecimal.
 * - UCUM: /min, 1/min, %, mm[Hg], kPa, Cel, [degF].
 * - Vendors (Philips, Mindray, Comen, GE): bpm, rpm, brpm, mmHg, °C, ℃, degC, C, °F, ℉, degF, F.
 */
const spellings: readonly (readonly [Unit, string])[] = [
  [perMinute, '264864 mdc_dim_beat_per_min 264928 mdc_dim_resp_per_min 264672 mdc_dim_per_min'],
  [perMinute, '/min 1/min min-1 bpm rpm brpm beats/min beat/min breaths/min breath/min resp/min 次/分'],
  [percent, '262688 mdc_dim_percent %'],
  [mmHg, '266016 mdc_dim_mmhg mm[hg] mmhg'],
  [kiloPascal, '265987 mdc_dim_kilo_pascal kpa'],
  [celsius, '268192 mdc_dim_degc cel °c ℃ degc c'],
  [fahrenheit, '266560 mdc_dim_fahr [degf] °f ℉ degf f'],
];
const unitBySpelling = new Map(
  spellings.flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit] as const)),
);

function unitOf(text: string): Unit | undefined {
  const word = text
    .toLowerCase()
    .replaceAll(/\{[^}]*\}|\s/g, '')
    .replace(/^º/, '°');
  const [, digits] = /^0004-([0-9a-f]{4})$/.exec(word) ?? [];
  return unitBySpelling.get(digits === undefined ? word : String(262_144 + Number.parseInt(digits, 16)));
}

export type UnitReading =
  { readonly kind: 'known'; readonly unit: Unit } | { readonly kind: 'absent' | 'unknown' | 'contradictory' };

/** OBX-6: every part of it that is known has to say the same. */
export function readUnit(components: readonly string[]): UnitReading {
  const [code = '', text = '', , otherCode = '', otherText = ''] = components;
  const words = [code, text, otherCode, otherText].filter((word) => word !== '');
  if (words.length === 0) return { kind: 'absent' };
  const [unit, ...others] = new Set(words.map(unitOf).filter((found) => found !== undefined));
  if (!unit) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'known', unit } : { kind: 'contradictory' };
}
