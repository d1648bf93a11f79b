import { describe, expect, it } from 'vitest';
import type { PositionResult } from '../../../../main/contract/analysis.ts';
import { chooseLines, isUnpriced } from '../../../../renderer/features/book/book-filter.ts';
import { type BookLine, bookLines, bookRows, totalRow } from '../../../../renderer/features/book/book-rows.ts';
import { bookTabs, countedTabs, tabOf } from '../../../../renderer/features/book/book-tabs.ts';
import { sampleAnalysis } from '../../../support/sample-analysis.ts';

const noPrice = { reason: 'missingPrice', message: 'no mark' } as const;
const accounts = new Map(sampleAnalysis.accounts.map((account) => [account.accountId, account]));

function lineOf(result: PositionResult): BookLine {
  const account = accounts.get(result.accountId) ?? null;
  return {
    positionId: result.positionId,
    kind: result.kind,
    underlying: result.underlying,
    venueMark: account?.venueMark ?? null,
    venueName: account?.venueName ?? '',
    accountId: result.accountId,
    quantity: result.quantity,
    label: result.instrumentName,
    result,
    account,
    lookThroughUsd: null,
  };
}

const lines = sampleAnalysis.positions.map(lineOf);
const everything = { lines, chosen: lines, grouping: 'account', collapsed: new Set<string>() } as const;

describe('rows by account', () => {
  it('hold every position once, under its account, in the order of the book', () => {
    const rows = bookRows(everything);
    expect(rows.filter((row) => row.level === 'position').map((row) => row.positionId)).toEqual(lines.map((line) => line.positionId));
    for (const row of rows) if (row.level === 'position') expect(row.groupId).toBe(`account ${row.accountId ?? ''}`);
  });

  it('carry the account’s own equity and requirement as sub-total, not a sum of rounded rows', () => {
    for (const row of bookRows(everything)) {
      if (row.level !== 'group') continue;
      const account = accounts.get(row.label);
      expect(row.valueUsd).toBe(account?.equityUsd);
      expect(row.requirementUsd).toBe(account?.maintenanceRequirementUsd);
    }
  });

  it('fold: a folded account keeps its sub-total and hides its positions', () => {
    const first = lines[0]?.accountId ?? '';
    const rows = bookRows({ ...everything, collapsed: new Set([`account ${first}`]) });
    expect(rows.some((row) => row.label === first && row.level === 'group')).toBe(true);
    expect(rows.some((row) => row.accountId === first && row.level === 'position')).toBe(false);
  });

  it('say how many of an account are shown when a filter hides some', () => {
    const chosen = lines.filter((line) => line.accountId === 'DRB-MAIN').slice(0, 1);
    const all = lines.filter((line) => line.accountId === 'DRB-MAIN').length;
    expect(bookRows({ ...everything, chosen })[0]?.countWords).toBe(`1 of ${all}`);
  });

  it('add coin deltas only where all are of one coin', () => {
    const coins = bookRows({ ...everything, grouping: 'underlying' }).filter((row) => row.level === 'group' && row.deltaCoin !== null);
    for (const row of coins) expect(typeof row.deltaCoin).toBe('number');
    expect(totalRow(lines, sampleAnalysis).deltaCoin).toBeNull();
  });
});

describe('a position', () => {
  const line = lines[0];
  if (line === undefined || line.result === null) throw new Error('the sample has positions');
  const { result } = line;
  const rowOf = (changed: Partial<BookLine>) => bookRows({ ...everything, chosen: [{ ...line, ...changed }], grouping: 'flat' })[0];

  it('whose quantity was edited is marked until it is valued again', () => {
    expect(rowOf({})?.isEdited).toBe(false);
    expect(rowOf({ quantity: '1' })?.isEdited).toBe(true);
  });

  it('that was not yet valued has no values, rather than zeros', () => {
    expect(rowOf({ result: null })).toMatchObject({ isValued: false, valueUsd: null, quantity: line.quantity });
  });

  it('without a price keeps its place and its failure, and counts for nothing in the sum', () => {
    const unpriced = { ...line, result: { ...result, mark: noPrice, valueUsd: noPrice, vegaUsdPerPoint: noPrice } };
    expect(isUnpriced(unpriced)).toBe(true);
    expect(bookRows({ ...everything, chosen: [unpriced], grouping: 'flat' })[0]?.valueUsd).toEqual(noPrice);
    expect(
      bookRows({ lines: [unpriced], chosen: [unpriced], grouping: 'underlying', collapsed: new Set() })[0]?.vegaUsdPerPoint,
    ).toBeNull();
  });
});

describe('tabs', () => {
  it('split the book: kinds add up to all positions', () => {
    const tabs = countedTabs(lines);
    const sum = tabs.filter((tab) => tab.value !== 'all' && tab.value !== 'unpriced').reduce((total, tab) => total + tab.count, 0);
    expect(sum).toBe(tabs.find((tab) => tab.value === 'all')?.count);
    expect(tabs).toHaveLength(bookTabs.length);
  });

  it('and the filter work together; every word must occur', () => {
    expect(chooseLines(lines, tabOf('options'), 'drb-main').every((line) => line.kind === 'option' && line.accountId === 'DRB-MAIN')).toBe(
      true,
    );
    expect(chooseLines(lines, tabOf('all'), 'morpho usdc').map((line) => line.label)).toEqual(['USDC', 'USDC']);
    expect(chooseLines(lines, tabOf('all'), 'nothing like it')).toEqual([]);
  });
});

describe('look-through', () => {
  it('leaves the dollar out: a debt of stablecoins is no exposure to what can move', () => {
    const asset = { issuer: null, chain: null, oracle: null, backing: [], marketId: null };
    const contents = {
      name: 'Book',
      venues: [],
      accounts: [],
      pledges: [],
      assets: [
        { ...asset, id: 'ETH', name: 'Ether', kind: 'base' as const },
        { ...asset, id: 'USDC', name: 'USD Coin', kind: 'stable' as const },
      ],
      instruments: [{ kind: 'spot' as const, id: 'spot:ETH', name: 'ETH', venueId: null, assetId: 'ETH' }],
      positions: ['mixed', 'debt'].map((id) => ({
        id,
        accountId: 'A',
        instrumentId: 'spot:ETH',
        quantity: '1',
        entryPrice: null,
        openedAt: null,
      })),
    };
    const [first] = sampleAnalysis.positions;
    if (first === undefined) throw new Error('the sample has no position');
    const positions = [
      { ...first, positionId: 'mixed', lookThroughUsd: { ETH: 300, USDC: 100 } },
      { ...first, positionId: 'debt', lookThroughUsd: { USDC: -100 } },
    ];
    const found = bookLines(contents, { ...sampleAnalysis, positions });
    expect(found.map((line) => line.lookThroughUsd)).toEqual([300, null]);
    const [head] = bookRows({ lines: found, chosen: found, grouping: 'account', collapsed: new Set() });
    expect(head?.lookThroughUsd).toBe(300);
  });
});
