import type { Setting } from '../setting.ts';

/** A price counts as moved from this share on. */
const LEAST_MOVE = 1e-6;

/** What has changed in market and book between two settings, in words: drivers, positions, and the snapshot if nothing else. */
export function whatChanged(former: Setting, now: Setting): string[] {
  const prices = now.pack.driverIds.flatMap((driverId, driver) => {
    const at = former.pack.driverIds.indexOf(driverId);
    const move = driverPrice(now, driver) / (at === -1 ? Number.NaN : driverPrice(former, at)) - 1;
    if (!Number.isFinite(move)) return [`${driverId} has become a driver`];
    const text = (Math.abs(move) * 100).toFixed(Math.abs(move) < 0.01 ? 2 : 1);
    return Math.abs(move) < LEAST_MOVE ? [] : [`${driverId} ${move > 0 ? '+' : '−'}${text} %`];
  });
  const quantities = (setting: Setting): ReadonlyMap<string, string> =>
    new Map(setting.book.contents.positions.map((position) => [position.id, position.quantity]));
  const [was, is] = [quantities(former), quantities(now)];
  const edited = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
  const positions =
    edited.length === 0
      ? []
      : [
          `${edited.length === 1 ? 'one position' : `${edited.length} positions`} edited: ${edited.slice(0, 3).join(', ')}${edited.length > 3 ? ' …' : ''}`,
        ];
  const found = [...prices, ...positions];
  return found.length === 0 && former.book.snapshot.id !== now.book.snapshot.id ? ['another snapshot, no driver moved'] : found;
}

function driverPrice({ pack: { packed } }: Setting, driver: number): number {
  return packed.initial.priceUsd[packed.drivers[driver] ?? -1] ?? Number.NaN;
}
