import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOfShock, firstBreachBoundary, heatCells, heatLimit, shockOfCell } from '../../../../renderer/features/cascade/cascade-heat.ts';
import { fallenRows, fallenTotals } from '../../../../renderer/features/cascade/cascade-fallen.ts';
import { stepPlayback } from '../../../../renderer/features/cascade/cascade-playback.ts';
import { pathStops, pricePaths, roundCards, soldShort } from '../../../../renderer/features/cascade/cascade-rounds.ts';
import { sampleAccounts } from '../../../support/sample-accounts.ts';
import { sampleAnalysis } from '../../../support/sample-analysis.ts';
import { sampleCascade, sampleGrids } from '../../../support/sample-cascade.ts';

const grid = sampleGrids[0] ?? sampleAnalysis.grids[0];
if (grid === undefined) throw new Error('the sample has no grid');
const betas = { ETH: 1, BTC: 0.78 };

describe('roundCards', () => {
  it('draws each bar as a share of the largest of its own kind', () => {
    const cards = roundCards(sampleCascade);
    expect(cards.map((card) => card.title)).toEqual(['Shock', 'Round 1', 'Round 2', 'Round 3', 'Round 4', 'Round 5']);
    expect(Math.max(...cards.map((card) => card.crowdShare))).toBe(1);
    expect(Math.max(...cards.map((card) => card.mineShare))).toBe(1);
    expect(cards[1]?.crowdShare).toBe(1);
    expect(cards[4]?.mineShare).toBe(1);
  });

  it('marks only the last round of a cascade that came to rest as settled', () => {
    expect(roundCards(sampleCascade).map((card) => card.isSettled)).toEqual([false, false, false, false, false, true]);
    expect(roundCards({ ...sampleCascade, hasConverged: false }).some((card) => card.isSettled)).toBe(false);
  });

  it('has empty bars where nothing was sold at all', () => {
    const calm = { ...sampleCascade, rounds: sampleCascade.rounds.slice(0, 1) };
    expect(roundCards(calm)[0]).toMatchObject({ crowdShare: 0, mineShare: 0, fallen: [] });
  });
});

describe('pricePaths', () => {
  it('starts every path at zero before the shock and has one point per stop', () => {
    for (const path of pricePaths(sampleCascade, sampleAnalysis)) {
      expect(path.points[0]).toBe(0);
      expect(path.points).toHaveLength(pathStops(sampleCascade).length);
    }
  });

  it('shows drivers in dollars and claims against the driver behind them', () => {
    const paths = pricePaths(sampleCascade, sampleAnalysis);
    expect(paths.map((path) => path.label)).toEqual(expect.arrayContaining(['ETH', 'BTC', 'stETH, wstETH/ETH', 'KEEL']));
    expect(paths[0]?.points[1]).toBeCloseTo(-0.18, 9);
    expect(paths.find((path) => path.label === 'stETH, wstETH/ETH')?.points[1]).toBe(0);
    expect(paths.find((path) => path.label === 'stETH, wstETH/ETH')?.points[5]).toBeCloseTo((1 - 0.072) / (1 - 0.0042) - 1, 9);
  });
});

describe('soldShort', () => {
  it('needs at most four figures and shows nothing as a dash', () => {
    expect([0, 840_400, 3_512_000, 212_300_000].map(soldShort)).toEqual(['–', '840\u2009k', '3.5\u2009M', '212\u2009M']);
  });
});

describe('heatmap', () => {
  it('shows as difference what the cascade adds to the first round', () => {
    const first = heatCells(grid, 'firstRound');
    const after = heatCells(grid, 'afterCascade');
    heatCells(grid, 'difference').forEach((cell, index) => {
      expect(cell.valueUsd).toBeCloseTo((after[index]?.valueUsd ?? 0) - (first[index]?.valueUsd ?? 0), 6);
    });
  });

  it('has a symmetric limit that no cell passes, and one for a grid of zeros', () => {
    const cells = heatCells(grid, 'afterCascade');
    expect(cells.every((cell) => Math.abs(cell.valueUsd) <= heatLimit(cells))).toBe(true);
    expect(heatLimit([])).toBe(1);
  });

  it('draws the first-breach boundary between every pair of neighbours that differ, and nowhere else', () => {
    const made = {
      ...grid,
      spotMoves: [-0.2, -0.1, 0],
      volatilityShifts: [0, 0.1],
      accountsLost: [
        [2, 0, 0],
        [3, 1, 0],
      ],
    };
    expect(firstBreachBoundary(made)).toEqual([
      { x1: 1, y1: 0, x2: 1, y2: 1 },
      { x1: 1, y1: 1, x2: 2, y2: 1 },
      { x1: 2, y1: 1, x2: 2, y2: 2 },
    ]);
    expect(
      firstBreachBoundary({
        ...made,
        accountsLost: [
          [0, 0, 0],
          [0, 0, 0],
        ],
      }),
    ).toEqual([]);
  });

  it('finds the cell of every shock it makes', () => {
    for (const one of sampleGrids) {
      one.spotMoves.forEach((move, column) =>
        one.volatilityShifts.forEach((_, row) => {
          if (move !== 0 || one.underlying === '*')
            expect(cellOfShock(one, shockOfCell(one, { column, row }, betas), betas)).toEqual({ column, row });
        }),
      );
    }
  });

  it('finds no cell for a shock between the columns', () => {
    expect(cellOfShock(grid, { moves: { ETH: -0.17, BTC: -0.1326 }, volatilityShift: 0 }, betas)).toBeNull();
    expect(cellOfShock(grid, { moves: { ETH: -0.2 }, volatilityShift: 0 }, betas)).toBeNull();
  });
});

describe('fallenRows', () => {
  it('lists fallen accounts by round and then those that hold, custody last', () => {
    const rows = fallenRows(sampleCascade, sampleAccounts);
    expect(rows.map((row) => row.name)).toEqual([
      'MKR-A',
      'DRB-ETH',
      'MRP-2',
      'MRP-1',
      'DRB-MAIN',
      'HYP-1',
      'CMP-1',
      'AAV-CORE',
      'BIN-USDM',
      'CST-1',
    ]);
    expect(rows.map((row) => row.round)).toEqual([1, 2, 3, 4, null, null, null, null, null, null]);
  });

  it('has losses that add up to the total', () => {
    const rows = fallenRows(sampleCascade, sampleAccounts);
    const totals = fallenTotals(sampleCascade);
    expect(rows.reduce((sum, row) => sum + row.lostUsd, 0)).toBeCloseTo(totals.lostUsd, 3);
    expect(totals.firstRoundUsd + totals.secondRoundUsd).toBeCloseTo(totals.lostUsd, 6);
  });
});

describe('playback', () => {
  it('plays from the first round to the last and stops there', () => {
    let state = stepPlayback({ round: 2, isPlaying: false }, { kind: 'toggle' }, 4);
    expect(state).toEqual({ round: 2, isPlaying: true });
    state = stepPlayback(state, { kind: 'tick' }, 4);
    expect(state).toEqual({ round: 3, isPlaying: false });
    expect(stepPlayback(state, { kind: 'toggle' }, 4)).toEqual({ round: 0, isPlaying: true });
  });

  it('never leaves the rounds, whatever is pressed', () => {
    const step = fc.constantFrom('back', 'forward', 'toggle', 'tick').map((kind) => ({ kind }) as const);
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 0, max: 9 }), (steps, rounds) => {
        let state = { round: 0, isPlaying: false };
        for (const one of steps) {
          state = stepPlayback(state, one, rounds);
          expect(state.round >= 0 && state.round <= Math.max(0, rounds - 1)).toBe(true);
        }
      }),
      { seed: 7 },
    );
  });

  it('stops when a round is chosen by hand', () => {
    expect(stepPlayback({ round: 1, isPlaying: true }, { kind: 'scrub', round: 9 }, 4)).toEqual({ round: 3, isPlaying: false });
  });
});
