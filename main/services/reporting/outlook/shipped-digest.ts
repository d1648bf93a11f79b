import { createHash } from 'node:crypto';
import { succeed, type Result } from '../../../domain/failure.ts';
import { readRecordedDays, readRecordedWindows } from '../../../market/recorded-window.ts';

/** SHA-256 of the recorded days and windows that ship: what paths and coverage tests rest on beside the book's own market. */
export function shippedDigest(resourcesFolder: string): Result<string> {
  const days = readRecordedDays(resourcesFolder);
  if (!days.ok) return days;
  const windows = readRecordedWindows(resourcesFolder);
  if (!windows.ok) return windows;
  return succeed(
    createHash('sha256')
      .update(JSON.stringify([days.value, windows.value]))
      .digest('hex'),
  );
}
