const INTEGER = /^[+-]?\d{1,15}$/;
const DECIMAL = /^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?$/;

/** The whole text as an integer, else null: no hexadecimal, no blanks, no rest. */
export const integerOf = (text: string): number | null => (INTEGER.test(text) ? Number(text) : null);

/** The whole text as a finite decimal, else null. */
export function decimalOf(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
