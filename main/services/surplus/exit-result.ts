import type { Cell } from '../../contract/cell.ts';
import type { ExitRow, FeedbackResult } from '../../contract/feedback.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { exitCost } from '../../engine/risk/exit-cost.ts';
import type { FeedbackRun } from './run-feedback.ts';

/** Y of the square-root law. Of order one in every market studied; see the source of `squareRootImpact`. */
const COEFFICIENT = 1;

/** What is to be sold of an account: coins by driver, and the value its leverage is counted on. */
type ToSell = { readonly coins: Float64Array; readonly assetsUsd: number; readonly equityUsd: number };

/**
 * What it costs to sell everything, and the leverage at which that no longer pays the debts. A borrower sells all its collateral, looked
 * through to the drivers; a margin account closes its contracts, net by driver. Of the day's volume the same share is taken to have gone as
 * of the depth. Custody owes nothing and is left out.
 */
export function exitResult(run: FeedbackRun): FeedbackResult['exit'] {
  const { pack } = run;
  const accounts = pack.accountIds.flatMap((accountId, a) =>
    pack.packed.accounts.family[a] === FAMILY.custody ? [] : [{ accountId, sold: toSell(run, a) }],
  );
  const rows = accounts.map(({ accountId, sold }) => exitRow(run, accountId, sold));
  const whole = accounts.reduce<ToSell>(
    (sum, { sold }) => ({
      coins: sum.coins.map((each, d) => each + (sold.coins[d] ?? 0)),
      assetsUsd: sum.assetsUsd + sold.assetsUsd,
      equityUsd: sum.equityUsd + sold.equityUsd,
    }),
    { coins: new Float64Array(pack.driverIds.length), assetsUsd: 0, equityUsd: 0 },
  );
  const book = exitRow(run, null, whole);
  return { coefficient: COEFFICIENT, volumes: volumes(run), accounts: rows, book, togetherOverAlone: togetherOverAlone(book, rows) };
}

function volumes({ inputs, pack, history }: FeedbackRun): FeedbackResult['exit']['volumes'] {
  return pack.driverIds.map((driver, d) => {
    const volume = inputs.snapshot.quotes.find((quote) => quote.assetId === driver)?.dailyVolume;
    return {
      driver,
      dailyCoins: volume?.coins ?? { reason: 'missingPrice', message: `no recorded daily volume of ${driver}` },
      dailyVolatility: history.dailyVolatility[d] ?? 0,
      source: volume?.source ?? 'none',
      asOf: volume?.asOf ?? null,
    };
  });
}

function toSell({ pack, values }: FeedbackRun, account: number): ToSell {
  const { packed } = pack;
  const { accounts, positions, assets, drivers, initial } = packed;
  const coins = new Float64Array(drivers.length);
  const isMargined = (accounts.family[account] ?? 0) >= FAMILY.tieredPerpetual;
  let heldUsd = 0;
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const isContract = (positions.kind[p] ?? 0) >= POSITION_KIND.linearFuture;
    const quantity = positions.quantity[p] ?? 0;
    if (isMargined && isContract) add(coins, drivers.indexOf(asset), values.positions.deltaCoin[p] ?? 0);
    if (isMargined || positions.kind[p] !== POSITION_KIND.holding || quantity <= 0) continue;
    heldUsd += quantity * (initial.priceUsd[asset] ?? 0);
    drivers.forEach((driver, d) => add(coins, d, quantity * (assets.lookThroughUnits[asset * assets.count + driver] ?? 0)));
  }
  const sold = coins.map(Math.abs);
  const soldUsd = sold.reduce((sum, each, d) => sum + each * (initial.priceUsd[drivers[d] ?? 0] ?? 0), 0);
  return { coins: sold, assetsUsd: isMargined ? soldUsd : heldUsd, equityUsd: values.accounts.equityUsd[account] ?? NaN };
}

function add(coins: Float64Array, driver: number, quantity: number): void {
  if (driver >= 0) coins[driver] = (coins[driver] ?? 0) + quantity;
}

function exitRow(run: FeedbackRun, accountId: string | null, { coins, assetsUsd, equityUsd }: ToSell): ExitRow {
  const { pack, inputs, history } = run;
  const known = volumes(run);
  const row = {
    accountId,
    assetsUsd,
    equityUsd,
    soldCoins: Object.fromEntries(pack.driverIds.map((id, d) => [id, coins[d] ?? 0])),
  };
  const missing = known.find((each, d) => (coins[d] ?? 0) > 0 && typeof each.dailyCoins !== 'number')?.dailyCoins;
  if (missing !== undefined) {
    const all = { impactFraction: missing, exitCostUsd: missing, impactAdjustedEquityUsd: missing, criticalLeverage: missing };
    return { ...row, ...all, leverage: leverageCell(equityUsd > 0 ? assetsUsd / equityUsd : null), isExitPossible: null };
  }
  const cost = exitCost({
    quantity: coins,
    priceUsd: Float64Array.from(pack.packed.drivers, (asset) => pack.packed.initial.priceUsd[asset] ?? NaN),
    dailyVolume: Float64Array.from(known, ({ dailyCoins }) =>
      typeof dailyCoins === 'number' ? dailyCoins * (1 - inputs.assumptions.depthThinningFraction) : NaN,
    ),
    dailyVolatility: history.dailyVolatility,
    coefficient: COEFFICIENT,
    assetsUsd,
    equityUsd,
  });
  return {
    ...row,
    impactFraction: cost.impactFraction,
    exitCostUsd: cost.costUsd,
    impactAdjustedEquityUsd: cost.impactAdjustedEquityUsd,
    leverage: leverageCell(cost.leverage),
    criticalLeverage: cost.criticalLeverage ?? { reason: 'unsupported', message: 'nothing has to be sold, so no leverage is critical' },
    isExitPossible: cost.isExitPossible,
  };
}

function leverageCell(leverage: number | null): Cell {
  return leverage ?? { reason: 'unsupported', message: 'its equity is not above zero' };
}

function togetherOverAlone(book: ExitRow, rows: readonly ExitRow[]): Cell {
  let alone = 0;
  for (const { exitCostUsd } of rows) {
    if (typeof exitCostUsd !== 'number') return exitCostUsd;
    alone += exitCostUsd;
  }
  if (typeof book.exitCostUsd !== 'number') return book.exitCostUsd;
  return alone > 0 ? book.exitCostUsd / alone : { reason: 'unsupported', message: 'selling costs nothing, together or alone' };
}
