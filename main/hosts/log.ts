import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';

/** Where causes of faults go. Never holds the contents of a book. */
export type Log = { readonly fault: (place: string, cause: unknown) => void; readonly note: (message: string) => void };

/** A log file in the data folder; the home folder's name is left out of what is written. */
export function createLog(dataFolder: string): Log {
  mkdirSync(dataFolder, { recursive: true });
  const writer = pino({ base: null }, pino.destination({ dest: join(dataFolder, 'interlock.log'), sync: true }));
  return {
    fault: (place, cause) => writer.error({ place, cause: redact(describe(cause)) }),
    note: (message) => writer.info(redact(message)),
  };
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

function redact(text: string): string {
  return text.replaceAll(homedir(), '~').replace(/(token=|:\/\/[^/\s:@]+:)[^\s&@]+/g, '$1…');
}
