import type { PledgeEvent, PledgeLog } from '../../domain/pledge.ts';
import type { BookReader } from '../file/connection.ts';

type Standing = { readonly accountId: string; readonly assetId: string; readonly venueId: string; readonly quantity: string };
type ImageRow = { readonly at: string; readonly keys: string; readonly images: string };

/**
 * Every pledge and release that the journal still knows, oldest first. An image holds the rows before its step, so the log is read
 * backwards from what is pledged now; a pledge that moved to another account, asset or venue is a release and a pledge.
 */
export function readPledgeLog(reader: BookReader): PledgeLog {
  const [first, last] = reader.prepare('SELECT min(at), max(at) FROM journal_step WHERE is_undone = 0').raw().get() as (string | null)[];
  const now = reader.prepare('SELECT id, account_id, asset_id, quantity, pledgee_venue_id FROM pledge').raw().all() as string[][];
  const standing = new Map(
    now.map(([id = '', accountId = '', assetId = '', quantity = '', venueId = '']) => [id, { accountId, assetId, venueId, quantity }]),
  );
  const images = reader
    .prepare(
      `SELECT at, keys, images FROM journal_image JOIN journal_step USING (step)
       WHERE noun = 'pledge' AND is_undone = 0 ORDER BY step DESC, sequence DESC`,
    )
    .all() as ImageRow[];
  const events: PledgeEvent[] = [];
  for (const { at, keys, images: rows } of images) {
    const before = new Map((JSON.parse(rows) as string[][]).map((row) => [row[0] ?? '', standingOf(row)]));
    for (const id of JSON.parse(keys) as string[]) {
      events.push(...changes(at, before.get(id), standing.get(id)).toReversed());
      const former = before.get(id);
      if (former === undefined) standing.delete(id);
      else standing.set(id, former);
    }
  }
  return { reachesBackTo: first ?? null, lastStepAt: last ?? null, events: events.toReversed() };
}

/** An image row has the columns of the table: id, account, asset, quantity, venue, … */
function standingOf([, accountId = '', assetId = '', quantity = '', venueId = '']: readonly string[]): Standing {
  return { accountId, assetId, venueId, quantity };
}

function changes(at: string, before: Standing | undefined, after: Standing | undefined): PledgeEvent[] {
  const isSame =
    before !== undefined &&
    after !== undefined &&
    before.accountId === after.accountId &&
    before.assetId === after.assetId &&
    before.venueId === after.venueId;
  if (isSame) {
    const quantityChange = Number(after.quantity) - Number(before.quantity);
    return quantityChange === 0 ? [] : [{ at, ...place(after), quantityChange }];
  }
  return [
    ...(before === undefined ? [] : [{ at, ...place(before), quantityChange: -Number(before.quantity) }]),
    ...(after === undefined ? [] : [{ at, ...place(after), quantityChange: Number(after.quantity) }]),
  ];
}

function place({ accountId, assetId, venueId }: Standing): Omit<PledgeEvent, 'at' | 'quantityChange'> {
  return { accountId, assetId, venueId };
}
