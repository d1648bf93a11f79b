import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { accountNoun } from '../account.ts';
import { assetNoun } from '../asset.ts';
import type { BookReader } from '../file/connection.ts';
import { instrumentNoun } from '../instrument.ts';
import type { OpenStep } from './step.ts';
import { gather, gathered } from './table.ts';
import type { GatheredChanges, TableChange } from './table.ts';
import { metaNoun, readMeta } from '../meta.ts';
import { deleteChanges, putChanges } from '../noun.ts';
import { noteNoun } from '../note.ts';
import type { BookEdit, EditableNoun } from '../open-book.ts';
import { pledgeNoun } from '../pledge.ts';
import { positionNoun } from '../position.ts';
import { scenarioSetNoun } from '../scenario-set.ts';
import { ticketNoun } from '../ticket.ts';
import { venueNoun } from '../venue.ts';

/** Applies edits in their order within a step. The first scenario set becomes the active one; a deleted one is active no more. */
export function applyEdits(reader: BookReader, step: OpenStep, edits: readonly BookEdit[]): Result<void> {
  const pending: GatheredChanges = new Map();
  for (const edit of edits) {
    // A deletion looks into the book, so what precedes it must be there.
    if (edit.kind === 'delete') {
      const applied = step.apply(gathered(pending));
      if (!applied.ok) return applied;
      pending.clear();
    }
    const changes = changesOf(reader, edit);
    if (!changes.ok) return changes;
    gather(pending, changes.value);
  }
  const applied = step.apply(gathered(pending));
  return applied.ok ? keepActiveSet(reader, step) : applied;
}

function changesOf(reader: BookReader, edit: BookEdit): Result<TableChange[]> {
  switch (edit.kind) {
    case 'putVenue':
      return putChanges(venueNoun, [edit.row]);
    case 'putAccount':
      return putChanges(accountNoun, [edit.row]);
    case 'putAsset':
      return putChanges(assetNoun, [edit.row]);
    case 'putInstrument':
      return putChanges(instrumentNoun, [edit.row]);
    case 'putPosition':
      return putChanges(positionNoun, [edit.row]);
    case 'putPledge':
      return putChanges(pledgeNoun, [edit.row]);
    case 'putNote':
      return putChanges(noteNoun, [edit.row]);
    case 'putScenarioSet':
      return putChanges(scenarioSetNoun, [edit.row]);
    case 'putTicket':
      return putChanges(ticketNoun, [edit.row]);
    case 'rename':
      return putChanges(metaNoun, [{ id: 'name', value: edit.name }]);
    case 'delete':
      return deletionOf(reader, edit.noun, edit.id);
  }
}

function deletionOf(reader: BookReader, noun: EditableNoun, id: string): Result<TableChange[]> {
  switch (noun) {
    case 'venue':
      return deleteChanges(reader, venueNoun, id);
    case 'account':
      return deleteChanges(reader, accountNoun, id);
    case 'asset':
      return deleteChanges(reader, assetNoun, id);
    case 'instrument':
      return deleteChanges(reader, instrumentNoun, id);
    case 'position':
      return deleteChanges(reader, positionNoun, id);
    case 'pledge':
      return deleteChanges(reader, pledgeNoun, id);
    case 'note':
      return deleteChanges(reader, noteNoun, id);
    case 'scenarioSet':
      return deleteChanges(reader, scenarioSetNoun, id);
    case 'ticket':
      return deleteChanges(reader, ticketNoun, id);
  }
}

function keepActiveSet(reader: BookReader, step: OpenStep): Result<void> {
  const active = readMeta(reader).activeScenarioSetId;
  if (active !== null && reader.prepare('SELECT 1 FROM scenario_set WHERE id = ?').get(active)) return succeed(undefined);
  const first = reader.prepare('SELECT id FROM scenario_set ORDER BY id LIMIT 1').pluck().get() as string | undefined;
  if (first === undefined && active === null) return succeed(undefined);
  const changes = putChanges(metaNoun, [{ id: 'activeScenarioSetId', value: first ?? '' }]);
  return changes.ok ? step.apply(changes.value) : changes;
}
