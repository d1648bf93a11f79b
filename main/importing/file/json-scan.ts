import { fail, succeed, type Result } from '../../domain/failure.ts';

/** Deepest nesting of objects and lists that is read. */
export const DEEPEST_JSON = 64;

/** What a look at the text tells before it is parsed. */
export type JsonScan = {
  /** Line on which each object in a list directly below the root object starts, in order. */
  readonly rowLines: readonly number[];
};

type Frame = { readonly keys: Set<string> | null; isKeyNext: boolean };

/**
 * Walks JSON text without building anything: refuses nesting deeper than 64, a key twice in one object (a parser would keep
 * the last, silently) and keys that could reach a prototype. Syntax is left to the parser.
 */
export function scanJson(text: string): Result<JsonScan> {
  const frames: Frame[] = [];
  const rowLines: number[] = [];
  let line = 1;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const frame = frames.at(-1);
    if (sign === '\n') line += 1;
    else if (sign === '{' || sign === '[') {
      if (frames.length === DEEPEST_JSON) return wrong(`nested deeper than ${DEEPEST_JSON} levels`, line, '');
      if (sign === '{' && frames.length === 2 && frame?.keys === null) rowLines.push(line);
      frames.push(sign === '{' ? { keys: new Set(), isKeyNext: true } : { keys: null, isKeyNext: false });
    } else if (sign === '}' || sign === ']') frames.pop();
    else if (sign === ',' && frame?.keys) frame.isKeyNext = true;
    else if (sign === '"') {
      const end = endOfString(text, place);
      if (frame?.keys && frame.isKeyNext) {
        frame.isKeyNext = false;
        const key = keyText(text.slice(place, end + 1));
        if (/^(?:__proto__|constructor|prototype)$/.test(key)) return wrong(`the key ${key} is not allowed`, line, key);
        if (frame.keys.has(key)) return wrong(`the key ${key} is there twice in one object`, line, key);
        frame.keys.add(key);
      }
      place = end;
    }
  }
  return succeed({ rowLines });
}

function endOfString(text: string, start: number): number {
  for (let place = start + 1; place < text.length; place += 1) {
    if (text[place] === '\\') place += 1;
    else if (text[place] === '"') return place;
  }
  return text.length;
}

function keyText(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function wrong(message: string, line: number, column: string): Result<never> {
  return fail('invalidFile', message, { where: { line, column } });
}
