/** Decimal text of what was typed as a quantity: grouping commas, spaces and the figure minus are taken out; null when it is no number. */
export function typedQuantity(text: string): string | null {
  const plain = text
    .trim()
    .replaceAll('\u2212', '-')
    .replace(/(\d),(?=\d{3}(\D|$))/g, '$1')
    .replace(/[\s\u2009]/g, '');
  const match = /^([+-]?)0*(\d+)(?:\.(\d+))?$/.exec(plain);
  if (match === null) return null;
  const [, sign, whole = '0', rest] = match;
  const isZero = /^0*$/.test(whole + (rest ?? ''));
  return `${sign === '-' && !isZero ? '-' : ''}${whole}${rest === undefined ? '' : `.${rest}`}`;
}
