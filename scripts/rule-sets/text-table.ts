/** Half-width columns a text takes in a terminal: Chinese signs take two. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, sign) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(sign)
        ? 2
        : 1),
    0,
  );

type Cell = string | number;

/** Lines with aligned columns: texts to the left, numbers to the right; the first row is the head. */
export function textTable(rows: readonly (readonly Cell[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(String(cell)))));
  const padded = (cell: Cell, at: number): string => {
    const space = ' '.repeat((widths[at] ?? 0) - widthOf(String(cell)));
    return typeof cell === 'number' ? space + String(cell) : String(cell) + space;
  };
  return rows.map((row) => `  ${row.map(padded).join('  ')}`.trimEnd()).join('\n');
}
