import { THIN_SPACE } from './number.ts';

/** `21:29:37 UTC` of an ISO instant. */
export function clockTime(instant: string): string {
  return `${instant.slice(11, 19)} UTC`;
}

/** `2026-02-05 21:29:37 UTC` of an ISO instant. */
export function instantWords(instant: string): string {
  return `${instant.slice(0, 10)} ${clockTime(instant)}`;
}

/** An age: `41 s`, `58 min`, `31 h`, `12 d`; whole units, rounded down. */
export function age(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds}${THIN_SPACE}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes}${THIN_SPACE}min`;
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? `${hours}${THIN_SPACE}h` : `${Math.floor(hours / 24)}${THIN_SPACE}d`;
}

/** An age beside the interval of its source when it is late: `58 of 60 min`, else the age alone. */
export function ageOfInterval(ms: number, intervalMs: number | null): string {
  return intervalMs !== null && ms > intervalMs ? `${age(ms)} of ${age(intervalMs)}` : age(ms);
}

/** Elapsed time of work: `840 ms`, `1.3 s`. */
export function elapsed(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)}${THIN_SPACE}ms` : `${(ms / 1000).toFixed(1)}${THIN_SPACE}s`;
}

/** How long something takes to arrive, rounded up to whole minutes: `75 min`, `3 h`, `2 h 20 min`. */
export function timeTaken(minutes: number): string {
  const whole = Math.ceil(minutes);
  if (whole < 120) return `${whole}${THIN_SPACE}min`;
  const hours = `${Math.floor(whole / 60)}${THIN_SPACE}h`;
  return whole % 60 === 0 ? hours : `${hours} ${whole % 60}${THIN_SPACE}min`;
}

/** Size of a file: `842 B`, `352.1 kB`, `1.4 MB`; powers of ten. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes}${THIN_SPACE}B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)}${THIN_SPACE}kB`;
  return `${(bytes / 1e6).toFixed(1)}${THIN_SPACE}MB`;
}

/** First characters of a digest, enough to compare by eye. */
export function shortDigest(hex: string): string {
  return hex.slice(0, 6);
}
