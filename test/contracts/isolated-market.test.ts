import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WAD } from '../../main/engine/math/fixed-point.ts';
import { borrowableAssets, owedAssets, smallestHealthyPriceRaw } from '../../main/engine/requirement/lending/isolated/market-book.ts';
import { largestLiquidation } from '../../main/engine/requirement/lending/isolated/market-liquidation.ts';
import type { Deployed } from '../support/chain/deploy.ts';
import { findChainBinary, startChain } from '../support/chain/node.ts';
import type { ChainNode } from '../support/chain/node.ts';
import { drawFrom } from './draw.ts';
import type { Draw } from './draw.ts';
import { deployJudge } from './judge.ts';
import { bookOf, probeOf, startWalk, STEP_KINDS, takeStep } from './market-walk.ts';
import type { Seen, Step, Walk } from './market-walk.ts';

/*
 * Markets of @morpho-org/morpho-blue, compiled and executed on a local chain, against the engine: amounts and shares of every flow, the
 * totals, the account, the fee's shares and its health at the price, at the smallest healthy price and one unit below, after every step.
 */
const MARKETS = 64;
const STEPS = 50;
const LENDER = 100;
/** How the contract says what the engine names; amounts beyond 128 bits are refused by one check or by the other. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  '': [''],
  zeroAmount: ['inconsistent input', 'zero assets'],
  exceedsShares: ['overflow', 'max uint128 exceeded'],
  exceedsCollateral: ['overflow', 'max uint128 exceeded'],
  tooLarge: ['overflow', 'max uint128 exceeded'],
  insufficientLiquidity: ['insufficient liquidity'],
  insufficientCollateral: ['insufficient collateral'],
  healthy: ['position is healthy'],
  worthlessCollateral: ['division by zero'],
  seizesMoreThanDebt: ['overflow', 'max uint128 exceeded'],
  seizesMoreThanCollateral: ['overflow', 'max uint128 exceeded'],
};

/** A market, what happens in it, the price asked about after each step, and what the engine says. */
type Run = {
  readonly lltv: bigint;
  readonly fee: bigint;
  readonly price: bigint;
  readonly steps: readonly Step[];
  readonly probes: readonly bigint[];
  readonly computed: readonly Seen[];
};

/** What the lender brings first, and the price at first. */
type Start = { readonly supply: bigint; readonly price: bigint };

const binary = findChainBinary();

describe.skipIf('missing' in binary)(`the executed isolated market ${'missing' in binary ? `(skipped: ${binary.missing})` : ''}`, () => {
  let node: ChainNode;
  let judge: Deployed;

  beforeAll(async () => {
    node = await startChain();
    judge = await deployJudge(node, { compiler: 'solc0819', file: 'market-judge.sol', name: 'MarketJudge', args: [] });
  });
  afterAll(() => node.stop());

  /** The run on the chain. */
  async function execute({ lltv, fee, price, steps, probes }: Run): Promise<readonly Seen[]> {
    const told = steps.map(({ kind, who, amount, rate }, index) => {
      return { kind: STEP_KINDS.findIndex((each) => each === kind), who: BigInt(who), amount, rate, probe: probes[index] };
    });
    return (await node.client.readContract({ ...judge, functionName: 'run', args: [lltv, fee, price, told] })) as readonly Seen[];
  }

  test(`${MARKETS} random markets agree with the engine after each of ${STEPS} steps, to the unit`, async () => {
    const met = { compared: 0, refused: 0, liquidated: 0, withBadDebt: 0, exactlyAtLine: 0, unhealthy: 0, accrued: 0 };
    for (let seed = 1; seed <= MARKETS; seed += 1) {
      const run = randomRun(drawFrom(1_000 + seed));
      const seen = await execute(run);
      for (const [index, computed] of run.computed.entries()) {
        const step = run.steps[index];
        const where = `market ${seed}, step ${index}: ${step?.kind ?? ''} ${String(step?.amount)} by ${String(step?.who)}`;
        expect({ ...seen[index], refusal: computed.refusal }, where).toEqual(computed);
        expect(REFUSALS[computed.refusal], `${where}, ${computed.refusal}`).toContain(seen[index]?.refusal);
        count(met, run, index);
      }
    }
    console.info(`isolated markets: ${JSON.stringify(met)}`);
    expect(met.compared).toBe(MARKETS * STEPS);
    expect(met.compared - met.refused).toBeGreaterThan(2_000);
    for (const [boundary, times] of Object.entries(met)) expect(times, boundary).toBeGreaterThan(20);
  });
});

function count(met: Record<string, number>, { computed, steps, lltv, price }: Run, index: number): void {
  const add = (what: string, isMet: boolean | undefined): void => {
    if (isMet === true) met[what] = (met[what] ?? 0) + 1;
  };
  const [now, before, step] = [computed[index], computed[index - 1], steps[index]];
  const isLiquidation = step?.kind === 'seize assets' || step?.kind === 'repay and seize';
  const priceNow = steps.slice(0, index + 1).findLast((each) => each.kind === 'move price')?.amount ?? price;
  add('compared', true);
  add('refused', now?.refusal !== '');
  add('liquidated', isLiquidation && now?.refusal === '');
  add('withBadDebt', isLiquidation && (now?.totals[0] ?? 0n) < (before?.totals[0] ?? 0n));
  add('unhealthy', now?.isHealthy === false);
  add('accrued', step?.kind === 'let pass' && (now?.totals[2] ?? 0n) > (before?.totals[2] ?? 0n));
  if (now === undefined) return;
  const [, borrowShares = 0n, collateral = 0n] = now.position;
  const [, , borrowAssets = 0n, allShares = 0n] = now.totals;
  const totals = { supplyAssets: 0n, supplyShares: 0n, borrowAssets, borrowShares: allShares };
  const owed = owedAssets({ totals, position: { supplyShares: 0n, borrowShares, collateral } });
  add('exactlyAtLine', owed > 0n && owed === borrowableAssets(collateral, { priceRaw: priceNow, liquidationLoanToValueWad: lltv }));
}

/** A random market and steps that depend on where the ones before them left it, so that its boundaries are met exactly. */
function randomRun(draw: Draw): Run {
  const lltv = draw.chance(0.8) ? (draw.oneOf([385n, 625n, 770n, 860n, 915n, 945n, 965n, 980n]) * WAD) / 1_000n : draw.below(WAD);
  const fee = draw.chance(0.3) ? 0n : draw.below(WAD / 4n);
  const price = draw.magnitude(24, 46);
  const walk = startWalk(lltv, fee, price);
  const [steps, probes, computed]: [Step[], bigint[], Seen[]] = [[], [], []];
  const supply = draw.chance(0.1) ? draw.magnitude(0, 4) : draw.magnitude(4, 27);
  for (let i = 0; i < STEPS; i += 1) {
    const step = i === 0 ? { kind: 'supply assets', who: LENDER, amount: supply, rate: 0n } : randomStep(draw, walk, { supply, price });
    steps.push(step);
    computed.push(takeStep(walk, step));
    probes.push(probeOf(walk, step.who));
  }
  return { lltv, fee, price, steps, probes, computed };
}

function randomStep(draw: Draw, walk: Walk, start: Start): Step {
  const who = draw.whole(1, 4);
  const book = bookOf(walk, who);
  const { totals, position } = book;
  const { supply } = start;
  // Worth about a loan that the supply can serve.
  const collateral = (supply * 10n ** 36n) / start.price + 1n;
  const owed = owedAssets(book);
  const sick = [1, 2, 3, 4].filter((each) => probeOf(walk, each) > walk.price);
  if (sick.length > 0 && draw.chance(0.6)) return liquidation(draw, walk, draw.oneOf(sick));
  if (owed > 0n && draw.chance(0.25)) return { kind: 'move price', who, amount: randomPrice(draw, walk, who, start.price), rate: 0n };
  if (totals.borrowAssets > 0n && draw.chance(0.15)) {
    return { kind: 'let pass', who, amount: BigInt(draw.whole(0, 30 * 86_400)), rate: draw.below(2n * 10n ** 11n) };
  }
  const terms = { priceRaw: walk.price, liquidationLoanToValueWad: walk.lltv };
  const free = atLeastZero(totals.supplyAssets - totals.borrowAssets);
  const room = smaller(atLeastZero(borrowableAssets(position.collateral, terms) - owed), draw.chance(0.9) ? free : 2n ** 127n);
  const lent = bookOf(walk, LENDER).position.supplyShares;
  // Most often the whole, to meet its last unit, or a part of it; sometimes one unit beside.
  const some = (whole: bigint): bigint =>
    atLeastZero((draw.chance(0.4) ? whole : draw.below(whole + 1n)) + BigInt(draw.chance(0.2) ? draw.whole(-1, 1) : 0));
  const choices: readonly (readonly [kind: string, whole: bigint, by?: number])[] = [
    ['add collateral', collateral],
    ['add collateral', collateral],
    ['add collateral', collateral],
    ['take collateral', position.collateral],
    ['borrow assets', room],
    ['borrow assets', room],
    ['borrow assets', room],
    ['borrow assets', room],
    ['borrow shares', (room * (totals.borrowShares + 10n ** 6n)) / (totals.borrowAssets + 1n)],
    ['repay shares', position.borrowShares],
    ['repay assets', owed],
    ['withdraw shares', draw.chance(0.3) ? lent : lent / 8n, LENDER],
    ['withdraw assets', draw.chance(0.3) ? free : free / 8n, LENDER],
    ['supply shares', totals.supplyShares / 4n + 1n, LENDER],
    ['supply assets', supply, LENDER],
    ['supply assets', supply, LENDER],
  ];
  const [kind, whole, by] = draw.oneOf(choices.filter((each) => each[1] > 0n || draw.chance(0.1)));
  return { kind, who: by ?? who, amount: some(whole), rate: 0n };
}

/** The smallest healthy price of the account, one unit beside it, some way off it or off the first price, or nothing at all. */
function randomPrice(draw: Draw, walk: Walk, who: number, startPrice: bigint): bigint {
  const line = smallestHealthyPriceRaw(bookOf(walk, who), walk.lltv) ?? 0n;
  const off = (price: bigint): bigint => (price * BigInt(draw.whole(40, 130))) / 100n + 1n;
  if (draw.chance(0.02)) return 0n;
  // Far prices would leave the contract's 256 bits for other accounts.
  if (line === 0n || line > startPrice * 1_000n || draw.chance(0.15)) return off(startPrice);
  return draw.chance(0.5) ? atLeastZero(line + BigInt(draw.whole(-1, 1))) : off(line);
}

/** The largest liquidation, one unit more or less, a part of it, or its last unit. */
function liquidation(draw: Draw, walk: Walk, who: number): Step {
  const book = bookOf(walk, who);
  const largest = largestLiquidation(book, { priceRaw: walk.price, liquidationLoanToValueWad: walk.lltv });
  const call = draw.chance(0.5)
    ? largest
    : draw.chance(0.5)
      ? { unit: 'seizedAssets', amount: book.position.collateral }
      : { unit: 'repaidShares', amount: book.position.borrowShares };
  const amount = draw.chance(0.4)
    ? call.amount + BigInt(draw.whole(-1, 1))
    : draw.chance(0.2)
      ? BigInt(draw.whole(0, 2))
      : draw.below(call.amount + 1n);
  return { kind: call.unit === 'seizedAssets' ? 'seize assets' : 'repay and seize', who, amount: atLeastZero(amount), rate: 0n };
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
