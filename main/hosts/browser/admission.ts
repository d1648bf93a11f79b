import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const LINK_LIFE_MS = 60 * 60_000;
const TRIES = 10;
const LOCK_MS = 60_000;

/** What came of showing a token. */
export type Admission =
  { readonly outcome: 'admitted'; readonly session: string } | { readonly outcome: 'refused' } | { readonly outcome: 'locked' };

/** Who may use the host: a token in the link works once, within an hour, and is exchanged for a session of this process. */
export type AdmissionDesk = {
  /** A new one-time token of 192 bits; the former one stops working. */
  readonly issueToken: () => string;
  /** Ten wrong tokens lock the desk for a minute, also for the right one. */
  readonly admit: (token: string) => Admission;
  readonly isAdmitted: (session: string | undefined) => boolean;
};

/** Opens a desk; `now` is a clock in ms that never goes back. */
export function createAdmissionDesk(now: () => number): AdmissionDesk {
  const sessions: Buffer[] = [];
  let open: { readonly digest: Buffer; readonly until: number } | null = null;
  let wrongTries = 0;
  let lockedUntil = -Infinity;
  return {
    issueToken() {
      const token = randomBytes(24).toString('base64url');
      open = { digest: digestOf(token), until: now() + LINK_LIFE_MS };
      return token;
    },
    admit(token) {
      if (now() < lockedUntil) return { outcome: 'locked' };
      const isRight = open !== null && timingSafeEqual(digestOf(token), open.digest) && now() < open.until;
      if (!isRight) {
        wrongTries += 1;
        if (wrongTries % TRIES === 0) lockedUntil = now() + LOCK_MS;
        return { outcome: 'refused' };
      }
      open = null;
      wrongTries = 0;
      const session = randomBytes(32).toString('base64url');
      sessions.push(digestOf(session));
      return { outcome: 'admitted', session };
    },
    isAdmitted(session) {
      if (session === undefined) return false;
      const digest = digestOf(session);
      // Every session is compared, so that the time taken says nothing about which one was close.
      return sessions.map((known) => timingSafeEqual(known, digest)).includes(true);
    },
  };
}

/** Digests have one length, which is what a comparison in constant time needs. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
