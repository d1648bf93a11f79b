import { z } from 'zod';
import { assetId } from './asset.ts';
import { decimalText } from './decimal.ts';
import { instant } from './time.ts';
import { venueId } from './venue.ts';

/**
 * `venueId:venue's own name` for listed contracts (`deribit:BTC-27MAR26-60000-P`, `binance:BTCUSDT`), `kind:assetId` for
 * balances (`spot:USDC`, `supplied:wstETH`, `borrowed:USDC`, `share:KEEL`), so that a file and a market name the same thing.
 */
export const instrumentId = z.string().min(1).max(96);

const common = { id: instrumentId, name: z.string(), venueId: venueId.nullable() };
/** `linear` pays in dollars, `inverse` in the underlying coin. */
const settlement = z.enum(['linear', 'inverse']);
const contract = {
  underlyingId: assetId,
  settlement,
  settlementAssetId: assetId,
  /** Linear and options: coins per unit of quantity. Inverse futures and perpetuals: USD per unit of quantity. */
  contractSize: decimalText,
  /** Smallest step of an order's quantity. */
  lotSize: decimalText,
};

/** What can be held, fixed by its terms. */
export const instrument = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('spot'), ...common, assetId }),
  z.object({ kind: z.literal('wrapper'), ...common, assetId }),
  z.object({ kind: z.literal('share'), ...common, assetId }),
  z.object({ kind: z.literal('supplied'), ...common, assetId }),
  z.object({ kind: z.literal('borrowed'), ...common, assetId }),
  z.object({ kind: z.literal('perpetual'), ...common, ...contract }),
  z.object({ kind: z.literal('future'), ...common, ...contract, expiry: instant }),
  z.object({
    kind: z.literal('option'),
    ...common,
    ...contract,
    expiry: instant,
    optionType: z.enum(['call', 'put']),
    strike: decimalText,
  }),
]);
export type Instrument = z.infer<typeof instrument>;
export type InstrumentKind = Instrument['kind'];
export type OptionInstrument = Extract<Instrument, { kind: 'option' }>;
