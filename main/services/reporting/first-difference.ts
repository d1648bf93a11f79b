/** Where two values part first, in the order in which the second is written: its path, and both as text. */
export type Difference = { readonly where: string; readonly inFile: string; readonly recomputed: string };

const LONGEST = 120;

/** The first difference of two plain values; null where they are the same to the bit. */
export function firstDifference(inFile: unknown, recomputed: unknown, path = ''): Difference | null {
  if (Object.is(inFile, recomputed)) return null;
  if (Array.isArray(inFile) && Array.isArray(recomputed)) return ofArrays(inFile, recomputed, path);
  if (isRecord(inFile) && isRecord(recomputed)) return ofRecords(inFile, recomputed, path);
  return { where: path === '' ? 'the whole' : path, inFile: shown(inFile), recomputed: shown(recomputed) };
}

function ofArrays(inFile: readonly unknown[], recomputed: readonly unknown[], path: string): Difference | null {
  for (let i = 0; i < Math.max(inFile.length, recomputed.length); i += 1) {
    const found = firstDifference(inFile[i], recomputed[i], `${path}[${nameOf(recomputed[i] ?? inFile[i], i)}]`);
    if (found !== null) return found;
  }
  return null;
}

function ofRecords(
  inFile: Readonly<Record<string, unknown>>,
  recomputed: Readonly<Record<string, unknown>>,
  path: string,
): Difference | null {
  for (const key of new Set([...Object.keys(recomputed), ...Object.keys(inFile)])) {
    const found = firstDifference(inFile[key], recomputed[key], path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** A row is named by its id where it has one, or by how far ahead it looks, since nobody counts to position 83. */
function nameOf(row: unknown, index: number): string {
  if (!isRecord(row)) return String(index);
  const id = ['id', 'accountId', 'positionId', 'legId', 'venueId', 'file'].map((key) => row[key]).find((each) => typeof each === 'string');
  if (id !== undefined) return id;
  const { hours } = row;
  return typeof hours === 'number' ? `${hours} h` : String(index);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
