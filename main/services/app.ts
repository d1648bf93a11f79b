import { succeed } from '../domain/failure.ts';
import type { OutputOf, Services } from '../contract/contract.ts';
import type { Session } from './session.ts';

/** What does not change while the process lives. */
export type Identity = Omit<OutputOf<'app.info'>, 'bookPath'>;

/** Says what this process is and which book it has open. */
export function createAppServices(session: Session, identity: Identity): Pick<Services, 'app.info'> {
  return {
    'app.info': async () => {
      const book = session.book();
      return succeed({ ...identity, bookPath: book.ok ? book.value.path : null });
    },
  };
}
