import type { ExcessCurve, NextSwitch } from '../../contract/requirement.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { TIER_COLUMNS } from '../../engine/requirement/tiered-perpetual.ts';
import { scenarioWords } from '../analysis/binding-words.ts';
import { money, percent } from '../analysis/words.ts';
import type { RequirementRun } from './run-requirement.ts';

/** A step counts as touched by others where they change it by more than this share of the account's own step. */
const TOUCHED = 0.05;
/** …and by more than this share of the account's gross value, so that an account that hardly moves is not touched by dust. */
const DUST = 2e-5;

/** Where the excess of an account stops being what it is here, driver by driver: the nearer of a tier and of others' sales on each side. */
export function nextSwitches(run: RequirementRun, account: number, curves: readonly ExcessCurve[]): NextSwitch[] {
  const grossUsd = run.values.accounts.grossUsd[account] ?? 0;
  const hasOptions = holdsOptions(run, account);
  return run.pack.driverIds.map((driver, d) => {
    const curve = curves.find((each) => each.driver === driver);
    const sides = curve === undefined ? [] : [salesSwitch(curve, -1, grossUsd), salesSwitch(curve, 1, grossUsd)];
    const candidates = [...sides, ...tierSwitchesOf(run, account, d), ...scenarioSwitchesOf(run, account, d)].filter(
      (each) => each !== null,
    );
    const nearest = candidates.toSorted((left, right) => Math.abs(left.move) - Math.abs(right.move))[0];
    const until = hasOptions ? 'Bends smoothly' : 'Linear';
    if (nearest === undefined || curve === undefined) {
      const range = `${percent(curve?.moves[0] ?? 0)} to +${percent(curve?.moves.at(-1) ?? 0)}`;
      return {
        driver,
        kind: 'none',
        move: null,
        text: `${until} from ${driver} ${range}: no tier or worst scenario changes, and no sale of others reaches it.`,
      };
    }
    const where = Math.abs(nearest.move) < 1e-9 ? 'At a switch now' : `${until} until ${driver} ${signed(nearest.move)}`;
    return { driver, kind: nearest.kind, move: nearest.move, text: `${where}; beyond it ${nearest.beyond}.` };
  });
}

type Candidate = { readonly kind: 'tier' | 'scenario' | 'sales'; readonly move: number; readonly beyond: string };

function holdsOptions({ pack }: RequirementRun, account: number): boolean {
  const { accounts, positions } = pack.packed;
  const kinds = positions.kind.subarray(accounts.positionStart[account] ?? 0, accounts.positionStart[account + 1] ?? 0);
  return kinds.some((kind) => kind >= POSITION_KIND.linearOption);
}

/** The first step outward in which the cascade changes the excess by more than the account's own step explains. */
function salesSwitch({ moves, aloneUsd, jointUsd }: ExcessCurve, side: 1 | -1, grossUsd: number): Candidate | null {
  const start = moves.findIndex((move) => Math.abs(move) < 1e-9);
  if (start < 0) return null;
  for (let i = start; i + side >= 0 && i + side < moves.length; i += side) {
    const own = (aloneUsd[i + side] ?? 0) - (aloneUsd[i] ?? 0);
    const joint = (jointUsd[i + side] ?? 0) - (jointUsd[i] ?? 0);
    if (Math.abs(joint - own) <= Math.max(TOUCHED * Math.abs(own), DUST * grossUsd)) continue;
    return {
      kind: 'sales',
      move: moves[i] ?? 0,
      beyond: `the sales of others reach it, and the next 1 % ${costs(joint)} instead of ${money(Math.abs(own))}`,
    };
  }
  return null;
}

function costs(change: number): string {
  return change < 0 ? `costs ${money(-change)}` : `adds ${money(change)}`;
}

/** Where another scenario of the venue's grid becomes the worst. */
function scenarioSwitchesOf({ now, pack, inputs }: RequirementRun, account: number, driver: number): Candidate[] {
  const { scenarios } = now;
  const at = account * pack.driverIds.length + driver;
  const { accounts } = pack.packed;
  const venue = inputs.contents.venues[accounts.venue[account] ?? -1];
  const sides = [
    { move: scenarios.upMove[at] ?? NaN, market: scenarios.upMarket[at] ?? -1, scenario: scenarios.upScenario[at] ?? -1 },
    { move: scenarios.downMove[at] ?? NaN, market: scenarios.downMarket[at] ?? -1, scenario: scenarios.downScenario[at] ?? -1 },
  ];
  return sides.flatMap(({ move, market, scenario }): Candidate[] => {
    const grid =
      venue?.parameters.family === 'scenarioMargin' ? venue.parameters.markets[market - (accounts.marketFrom[account] ?? 0)] : undefined;
    return Number.isNaN(move) || grid === undefined ? [] : [{ kind: 'scenario', move, beyond: `${scenarioWords(grid, scenario)} binds` }];
  });
}

function tierSwitchesOf({ now, pack }: RequirementRun, account: number, driver: number): Candidate[] {
  const { switches } = now;
  const at = account * pack.driverIds.length + driver;
  const sides = [
    { log: switches.upLogMove[at] ?? NaN, position: switches.upPosition[at] ?? -1, isUp: true },
    { log: switches.downLogMove[at] ?? NaN, position: switches.downPosition[at] ?? -1, isUp: false },
  ];
  return sides.flatMap(({ log, position, isUp }): Candidate[] => {
    if (Number.isNaN(log) || position < 0) return [];
    return [{ kind: 'tier', move: Math.expm1(log), beyond: tierWords(pack, { position, log, isUp }) }];
  });
}

function tierWords(
  { packed, instruments }: RequirementRun['pack'],
  side: { readonly position: number; readonly log: number; readonly isUp: boolean },
): string {
  const { positions, tiers, initial } = packed;
  const { position, log, isUp } = side;
  const spot = initial.priceUsd[positions.asset[position] ?? 0] ?? 0;
  const ratio = positions.kind[position] === POSITION_KIND.linearFuture ? (positions.forwardRatio[position] ?? 1) : 1;
  const capUsd = Math.abs(positions.quantity[position] ?? 0) * (positions.contractSize[position] ?? 1) * spot * ratio * Math.exp(log);
  const from = positions.tierFrom[position] ?? 0;
  const rows = Array.from({ length: positions.tierCount[position] ?? 0 }, (_, row) => ({
    capUsd: tiers[(from + row) * TIER_COLUMNS] ?? 0,
    rate: tiers[(from + row) * TIER_COLUMNS + 1] ?? 0,
  }));
  const lower = rows.findIndex((row) => Math.abs(row.capUsd / capUsd - 1) < 1e-6);
  const [before, after] = isUp ? [rows[lower], rows[lower + 1]] : [rows[lower + 1], rows[lower]];
  const name = instruments[position]?.name ?? '';
  return `${name} is margined at ${percent(after?.rate ?? 0)} instead of ${percent(before?.rate ?? 0)} (its notional passes ${money(capUsd)})`;
}

function signed(move: number): string {
  return `${move > 0 ? '+' : ''}${percent(move)}`;
}
