import { onlyVenue } from '../../engine/cascade/participants.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { ReplayTable } from '../../engine/replay/replay-values.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { packBook, type PackResult } from '../pack.ts';
import { isBelow } from '../replay/account-verdicts.ts';
import { packAt, rowsOf, runValues } from '../replay/run-path.ts';
import type { Side, WindowPath } from '../replay/window-path.ts';
import { runScenarios } from '../scenarios.ts';
import type { BacktestWork, Holdings, Liquidation } from './backtest-work.ts';

/** A move of what is no driver that is worth telling: dollar coins are never quite at their price. */
const LEAST_MOVE = 0.005;

const SIDES: readonly Side[] = ['close', 'low', 'high'];

/** Holdings through some bars: equity of the whole book at each close, who was liquidated, and what is held then. */
export type Held = { readonly equityUsd: Float64Array; readonly liquidations: readonly Liquidation[]; readonly holdings: Holdings };

/**
 * Holds through the bars after `from` up to and with `to`. An account below its requirement at a bar's close, lows or highs is sold out
 * there by the engine's own cascade, with no other shock and no crowd, since the recorded prices hold what others sold; what is left of
 * it is dollars from then on. Nobody else falls by its sales: their effect on prices is recorded or it is not.
 */
export async function hold(
  work: BacktestWork,
  holdings: Holdings,
  bars: { readonly from: number; readonly to: number },
): Promise<Result<Held>> {
  const pack = packBook(holdings.contents, work.inputs.snapshot, work.inputs.scenarioSet);
  if (!pack.ok) return pack;
  const rows = Array.from({ length: bars.to - bars.from }, (_, i) => bars.from + 1 + i);
  const own = { ...work, pack: pack.value };
  const tables: ReplayTable[] = [];
  for (const side of SIDES) {
    const table = await runValues(own, rowsOf(work.path.path[side], rows));
    if (!table.ok) return table;
    tables.push(table.value);
  }
  const liquidations = await liquidate(own, findFalls(pack.value, tables), bars.from);
  if (!liquidations.ok) return liquidations;
  return succeed({
    equityUsd: equityPath(pack.value, tables[0], { holdings, rows, liquidations: liquidations.value }),
    liquidations: liquidations.value,
    holdings: withoutAccounts(holdings, liquidations.value),
  });
}

/** First row and price at which each account is below its requirement. */
type Fall = { readonly account: number; readonly row: number; readonly side: Side };

function findFalls({ packed, accountIds }: PackResult, tables: readonly ReplayTable[]): Fall[] {
  const accounts = accountIds.length;
  const rows = (tables[0]?.excessUsd.length ?? 0) / Math.max(1, accounts);
  return accountIds.flatMap((_, account): Fall[] => {
    const family = packed.accounts.family[account] ?? 0;
    for (let row = 0; row < rows; row += 1) {
      const at = tables.findIndex((table) => isBelow(family, table, row * accounts + account));
      const side = SIDES[at];
      if (side !== undefined) return [{ account, row, side }];
    }
    return [];
  });
}

async function liquidate(work: BacktestWork, falls: readonly Fall[], from: number): Promise<Result<Liquidation[]>> {
  const done: Liquidation[] = [];
  const { pack, path, inputs, pool, context } = work;
  for (const { account, row, side } of falls) {
    const bar = from + 1 + row;
    const { packed, driverIds } = packAt(pack, path.path[side], bar);
    const table = await runScenarios(
      {
        packed,
        driverIds,
        shocks: [{ moves: {}, volatilityShift: 0 }],
        assumptions: { ...inputs.assumptions, includeCrowd: false },
        participants: onlyVenue(packed.accounts.venue, pack.venueIds.length, packed.accounts.venue[account] ?? -1),
      },
      pool,
      { signal: context.signal, progress: () => undefined },
    );
    if (!table.ok) return table;
    // No venue here can claim more than the account holds: what it cannot collect is its own loss.
    const leftUsd = Math.max(0, table.value.equityUsd[account] ?? NaN);
    const costUsd = Math.max(0, (table.value.shockedEquityUsd[account] ?? NaN) - leftUsd);
    const accountId = pack.accountIds[account] ?? '';
    if (!Number.isFinite(leftUsd)) return fail('internal', `${accountId} could not be sold out at bar ${bar}`);
    done.push({ accountId, bar, side, costUsd, leftUsd, moves: movesSince(pack, path, { from, bar, side }) });
  }
  return succeed(done.toSorted((left, right) => left.bar - right.bar));
}

/** Moves from the close of one bar to another bar's prices: of the drivers, and of every other asset that moved by more than a little. */
function movesSince(
  { driverIds }: PackResult,
  { assetIds, path }: WindowPath,
  { from, bar, side }: { readonly from: number; readonly bar: number; readonly side: Side },
): Record<string, number> {
  const moves = assetIds.map((id, column): [string, number] => {
    const then = path.close.priceUsd[from * assetIds.length + column] ?? NaN;
    return [id, (path[side].priceUsd[bar * assetIds.length + column] ?? NaN) / then - 1];
  });
  return Object.fromEntries(moves.filter(([id, move]) => Number.isFinite(move) && (driverIds.includes(id) || Math.abs(move) > LEAST_MOVE)));
}

type Course = { readonly holdings: Holdings; readonly rows: readonly number[]; readonly liquidations: readonly Liquidation[] };

function equityPath({ accountIds }: PackResult, closes: ReplayTable | undefined, { holdings, rows, liquidations }: Course): Float64Array {
  const gone = new Map(liquidations.map((each) => [each.accountId, each]));
  return Float64Array.from(rows, (bar, row) =>
    sumAccurate(
      Float64Array.from(accountIds, (id, account) => {
        const liquidation = gone.get(id);
        if (liquidation !== undefined && bar >= liquidation.bar) return liquidation.leftUsd;
        return holdings.leftUsd.get(id) ?? closes?.equityUsd[row * accountIds.length + account] ?? NaN;
      }),
    ),
  );
}

function withoutAccounts({ contents, leftUsd }: Holdings, liquidations: readonly Liquidation[]): Holdings {
  if (liquidations.length === 0) return { contents, leftUsd };
  const gone = new Map(liquidations.map((each) => [each.accountId, each.leftUsd]));
  const isKept = ({ accountId }: { readonly accountId: string }): boolean => !gone.has(accountId);
  return {
    contents: { ...contents, positions: contents.positions.filter(isKept), pledges: contents.pledges.filter(isKept) },
    leftUsd: new Map([...leftUsd, ...gone]),
  };
}
