import { loincRows, mdcRows, mindrayRows, type ObservationRow } from './observation-code-table.ts';

export type ObservationCodeReading =
  | { readonly kind: 'known'; readonly row: ObservationRow; readonly preference: number }
  | { readonly kind: 'unknown' | 'contradictory' };

const unknown: ObservationCodeReading = { kind: 'unknown' };
const contradictory: ObservationCodeReading = { kind: 'contradictory' };

const allRows = [...mdcRows, ...loincRows, ...mindrayRows];
const byCode = (rows: readonly ObservationRow[]) => new Map(rows.map((row) => [row.code, row]));
const mdcByCode = byCode(mdcRows);
const loincByCode = byCode(loincRows);
const mindrayByCode = byCode(mindrayRows);
// The first row of a name is the preferred one.
const mdcByName = new Map(mdcRows.toReversed().flatMap((row) => row.names.map((name) => [name, row] as const)));

const known = (row: ObservationRow): ObservationCodeReading => ({
  kind: 'known',
  row,
  preference: allRows.indexOf(row),
});

/**
 * A number decides; a reference identifier of another vital, or a known one beside an unknown number, contradicts it.
 * Without a coding system both have to be there and agree.
 */
function readMdc(code: string, name: string, isDeclared: boolean): ObservationCodeReading {
  const named = mdcByName.get(name) ?? mdcByName.get(code);
  const row = mdcByCode.get(code);
  if (row) {
    if (named && (named.vital !== row.vital || named.method !== row.method)) return contradictory;
    return isDeclared || named ? known(row) : unknown;
  }
  if (/^\d+$/.test(code)) return named ? contradictory : unknown;
  return named && isDeclared ? known(named) : unknown;
}

/** Philips MDIL writes partition and code of an MDC number in hexadecimal: 0002-4182 is 147842. */
function readMdil(code: string): ObservationCodeReading {
  const [, digits] = /^0002-([0-9a-f]{4})$/i.exec(code) ?? [];
  const row = digits === undefined ? undefined : mdcByCode.get(String(131_072 + Number.parseInt(digits, 16)));
  return row ? known(row) : unknown;
}

function readMindray(code: string, name: string): ObservationCodeReading {
  const row = mindrayByCode.get(code);
  return row?.names.includes(name) ? known(row) : unknown;
}

function readCoding(code: string, name: string, system: string): ObservationCodeReading {
  switch (system.toUpperCase()) {
    case 'MDC':
      return readMdc(code, name, true);
    case 'LN':
    case 'LOINC': {
      const row = loincByCode.get(code);
      return row ? known(row) : unknown;
    }
    case 'MDIL':
      return readMdil(code);
    case '99MNDRY':
      return readMindray(code, name);
    case '': {
      const mindray = readMindray(code, name);
      return mindray.kind === 'known' ? mindray : readMdc(code, name, false);
    }
    default:
      return unknown;
  }
}

/** OBX-3: code, text, system, and the same three of an alternate. Both known and of different vitals: contradictory. */
export function readObservationCode(components: readonly string[]): ObservationCodeReading {
  const [code = '', name = '', system = '', otherCode = '', otherName = '', otherSystem = ''] = components;
  const first = readCoding(code, name, system);
  const second = otherCode === '' && otherName === '' ? unknown : readCoding(otherCode, otherName, otherSystem);
  if (first.kind === 'contradictory' || second.kind === 'contradictory') return contradictory;
  if (first.kind === 'known' && second.kind === 'known' && first.row.vital !== second.row.vital) return contradictory;
  return first.kind === 'known' ? first : second;
}
