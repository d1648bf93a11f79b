import type { Asset } from '../../domain/asset.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { readInstant } from '../cell/date-cell.ts';
import { readDecimal } from '../cell/decimal-cell.ts';
import type { Directory } from '../directory.ts';
import { INSTRUMENT_COLUMNS } from './position-columns.ts';
import type { StatedProblem, StatedText } from './stated-account.ts';

/** The instrument of a row, the asset it brings along if any, and whether the instrument is new. */
export type StatedInstrument = { readonly instrument: Instrument; readonly isNew: boolean; readonly asset: Asset | null };

/**
 * The instrument a row holds: the book's own, by id or by the same terms, which the row's columns must not contradict, or a new
 * one made from them. Terms are written with a dot and ISO dates in every file; a new base or stable asset is made only when
 * `asset_kind` says which it is.
 */
export function statedInstrument(id: string, stated: StatedText, directory: Directory): StatedInstrument | StatedProblem {
  const known = directory.instrument(id);
  if (known) return contradiction(known, stated) ?? { instrument: known, isNew: false, asset: null };
  if (stated('kind') === '') {
    return {
      column: 'instrument_id',
      reason: id === '' ? 'is empty, and the row gives no terms' : `instrument ${id} is unknown; add it or give its terms`,
    };
  }
  const made = instrumentOf(id, stated, directory);
  if ('column' in made) return made;
  const same = id === '' ? directory.sameTerms(made.instrument) : undefined;
  return same ? { instrument: same, isNew: false, asset: null } : made;
}

function instrumentOf(id: string, stated: StatedText, directory: Directory): StatedInstrument | StatedProblem {
  const kind = stated('kind');
  const venueId = stated('instrument_venue') || null;
  if (venueId !== null && !directory.venue(venueId)) return { column: 'instrument_venue', reason: `venue ${venueId} is not in the book` };
  switch (kind) {
    case 'spot':
    case 'wrapper':
    case 'share':
    case 'supplied':
    case 'borrowed': {
      const assetId = stated('asset');
      const asset = assetOf(assetId, stated('asset_kind'), directory);
      if ('column' in asset) return asset;
      const name = stated('instrument_name') || (kind === 'supplied' || kind === 'borrowed' ? `${assetId} ${kind}` : assetId);
      return { instrument: { kind, id: id || `${kind}:${assetId}`, name, venueId, assetId }, isNew: true, asset: asset.asset };
    }
    case 'perpetual':
    case 'future':
    case 'option':
      return contractOf({ id, kind, venueId }, stated, directory);
    default:
      return { column: 'kind', reason: `${kind} is not a kind of instrument` };
  }
}

function assetOf(assetId: string, kind: string, directory: Directory): { asset: Asset | null } | StatedProblem {
  if (assetId === '') return { column: 'asset', reason: 'is empty; this kind of instrument needs an asset' };
  if (directory.asset(assetId)) return { asset: null };
  if (assetId.length > 64) return { column: 'asset', reason: 'is longer than 64 characters' };
  if (kind === '') return { column: 'asset', reason: `asset ${assetId} is not in the book; give asset_kind base or stable to create it` };
  if (kind !== 'base' && kind !== 'stable')
    return { column: 'asset_kind', reason: `${kind}: a file can bring base and stable assets only; claims need their backing` };
  return { asset: { id: assetId, name: assetId, kind, issuer: null, chain: null, oracle: null, backing: [], marketId: null } };
}

type ContractKind = { readonly id: string; readonly kind: 'perpetual' | 'future' | 'option'; readonly venueId: string | null };

function contractOf({ id, kind, venueId }: ContractKind, stated: StatedText, directory: Directory): StatedInstrument | StatedProblem {
  const underlyingId = stated('underlying');
  if (!directory.asset(underlyingId))
    return { column: 'underlying', reason: underlyingId === '' ? 'is empty' : `asset ${underlyingId} is not in the book` };
  const settlement = stated('settlement');
  if (settlement !== 'linear' && settlement !== 'inverse')
    return { column: 'settlement', reason: `${settlement === '' ? 'an empty cell' : settlement} is not linear or inverse` };
  const settlementAssetId = stated('settlement_asset') || (settlement === 'inverse' ? underlyingId : '');
  if (!directory.asset(settlementAssetId)) {
    return {
      column: 'settlement_asset',
      reason: settlementAssetId === '' ? 'is empty; a linear contract needs it' : `asset ${settlementAssetId} is not in the book`,
    };
  }
  const contractSize = positiveTerm('contract_size', stated('contract_size') || '1');
  if ('column' in contractSize) return contractSize;
  const lotSize = positiveTerm('lot_size', stated('lot_size') || '1');
  if ('column' in lotSize) return lotSize;
  const common = {
    venueId,
    underlyingId,
    settlement,
    settlementAssetId,
    contractSize: contractSize.value,
    lotSize: lotSize.value,
  } as const;
  const named = (words: string): { id: string; name: string } => ({
    id: id || `${venueId ?? 'any'}:${words}`,
    name: stated('instrument_name') || id || words,
  });
  const start = settlement === 'inverse' ? underlyingId : `${underlyingId}_${settlementAssetId}`;
  if (kind === 'perpetual') return { instrument: { kind, ...named(`${start}-PERPETUAL`), ...common }, isNew: true, asset: null };
  const expiry = readInstant(stated('expiry'), undefined);
  if (expiry.kind !== 'value')
    return {
      column: 'expiry',
      reason: expiry.kind === 'asked' ? `${stated('expiry')}: write an expiry as 2026-03-27T08:00:00Z` : expiry.reason,
    };
  const day = expiry.instant.slice(0, 10);
  if (kind === 'future')
    return { instrument: { kind, ...named(`${start}-${day}`), ...common, expiry: expiry.instant }, isNew: true, asset: null };
  const strike = positiveTerm('strike', stated('strike'));
  if ('column' in strike) return strike;
  const optionType = stated('option_type');
  if (optionType !== 'call' && optionType !== 'put')
    return { column: 'option_type', reason: `${optionType === '' ? 'an empty cell' : optionType} is not call or put` };
  const names = named(`${start}-${day}-${strike.value}-${optionType}`);
  return { instrument: { kind, ...names, ...common, expiry: expiry.instant, optionType, strike: strike.value }, isNew: true, asset: null };
}

function positiveTerm(column: string, cell: string): { value: string } | StatedProblem {
  const reading = readDecimal(cell, undefined);
  if (reading.kind === 'refused') return { column, reason: reading.reason };
  if (reading.kind === 'asked') return { column, reason: `${cell}: write terms with a dot and without grouping` };
  return Number(reading.text) > 0 ? { value: reading.text } : { column, reason: `${cell} is not above 0` };
}

function contradiction(known: Instrument, stated: StatedText): StatedProblem | null {
  for (const column of INSTRUMENT_COLUMNS) {
    const text = stated(column);
    if (text === '' || column === 'asset_kind') continue;
    const held = termOf(known, column);
    if (!isSameTerm(column, text, held)) return { column, reason: `${text}: ${known.id} has ${held ?? 'none'} in the book` };
  }
  return null;
}

function termOf(known: Instrument, column: (typeof INSTRUMENT_COLUMNS)[number]): string | null {
  const contract = 'underlyingId' in known ? known : null;
  switch (column) {
    case 'kind':
      return known.kind;
    case 'instrument_name':
      return known.name;
    case 'instrument_venue':
      return known.venueId;
    case 'asset':
    case 'asset_kind':
      return 'assetId' in known ? known.assetId : null;
    case 'underlying':
      return contract?.underlyingId ?? null;
    case 'settlement':
      return contract?.settlement ?? null;
    case 'settlement_asset':
      return contract?.settlementAssetId ?? null;
    case 'contract_size':
      return contract?.contractSize ?? null;
    case 'lot_size':
      return contract?.lotSize ?? null;
    case 'expiry':
      return 'expiry' in known ? known.expiry : null;
    case 'strike':
      return known.kind === 'option' ? known.strike : null;
    case 'option_type':
      return known.kind === 'option' ? known.optionType : null;
  }
}

function isSameTerm(column: string, text: string, held: string | null): boolean {
  if (held === null) return false;
  if (text === held) return true;
  if (column === 'contract_size' || column === 'lot_size' || column === 'strike') return Number(text) === Number(held);
  if (column !== 'expiry') return false;
  const reading = readInstant(text, undefined);
  return reading.kind === 'value' && Date.parse(reading.instant) === Date.parse(held);
}
