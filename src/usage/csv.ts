/**
 * The cells of a line of CSV, quoted as RFC 4180 has it, without the line's end. A text that a spreadsheet would take for
 * a formula gets an apostrophe before it; null is an empty cell.
 */
export function csvCells(cells: readonly (string | number | null)[]): string {
  return cells.map(csvCell).join(',');
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
