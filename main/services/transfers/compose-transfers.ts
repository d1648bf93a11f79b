import type { TransfersResult } from '../../contract/transfers.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { moveOrNull } from '../analysis/account-results.ts';
import { listing, money, percent } from '../analysis/words.ts';
import { LEAST_TRANSFER_USD } from './plan-transfers.ts';
import type { TransfersRun } from './run-transfers.ts';
import { canNet, isJudged, venueTerms } from './transfer-routes.ts';

/** Puts a plan of transfers into the words and figures of the contract. */
export function composeTransfers(run: TransfersRun): Omit<TransfersResult, 'runId' | 'inputsDigest' | 'elapsedMs'> {
  const told = {
    requirement: requirementOf(run),
    funding: fundingOf(run),
    transfers: transferRows(run),
    accounts: accountRows(run),
  };
  const costUsd = told.transfers.reduce((sum, transfer) => sum + transfer.costUsd, 0);
  return {
    ...told,
    costUsd,
    snapshotAsOf: run.inputs.snapshot.asOf,
    termsAsOf: run.terms.asOf,
    horizonHours: run.wish.horizonHours,
    bufferFraction: run.wish.bufferFraction,
    solver: run.solver,
    limits: limitRows(run),
    lateRoutes: run.setting.lateRoutes,
    unification: { ...run.unification, rows: [...run.unification.rows] },
    statement: statementOf(run, { ...told, costUsd }),
    assumptions: assumptionRows(run),
  };
}

function venueName({ inputs }: TransfersRun, account: number): string {
  const id = inputs.contents.accounts[account]?.venueId;
  return inputs.contents.venues.find((venue) => venue.id === id)?.name ?? id ?? '';
}

function requirementOf(run: TransfersRun): TransfersResult['requirement'] {
  const { pack, now, scan } = run;
  const { family } = pack.packed.accounts;
  const rows = pack.accountIds.flatMap((accountId, a) => {
    if (!isJudged(pack, a)) return [];
    const nets = canNet(pack, a);
    const ruleUsd = now.requirementUsd[a] ?? 0;
    const isTiered = family[a] === FAMILY.tieredPerpetual;
    return [
      {
        accountId,
        venueName: venueName(run, a),
        ruleUsd,
        aloneUsd: nets ? (scan.aloneUsd[a] ?? 0) : ruleUsd,
        canNet: nets,
        reason: nets
          ? isTiered
            ? 'Nets by contract; its own tiers rise with notional, so merging positions of one side could cost more there.'
            : 'Nets by contract within one clearing book.'
          : 'A loan stands against its own collateral; no pool nets it with anything.',
      },
    ];
  });
  const loans = rows.reduce((sum, row) => sum + (row.canNet ? 0 : row.aloneUsd), 0);
  return { siloedUsd: scan.siloedUsd + loans, unifiedUsd: scan.unifiedUsd + loans, rows };
}

function fundingOf({ pack, setting, before, plan }: TransfersRun): TransfersResult['funding'] {
  const { bufferUsd } = setting.problem;
  let siloedUsd = 0;
  let spareUsd = 0;
  pack.accountIds.forEach((_, a) => {
    if (isJudged(pack, a)) {
      const over = (before.intactExcessUsd[a] ?? 0) - (bufferUsd[a] ?? 0);
      siloedUsd += Math.max(0, -over);
      spareUsd += Math.max(0, over);
    } else spareUsd += Math.max(0, before.intactEquityUsd[a] ?? 0);
  });
  const feasibleUsd = plan.shortUsd.reduce((sum, short) => sum + short, 0);
  const unifiedUsd = Math.max(0, siloedUsd - spareUsd);
  return {
    siloedUsd,
    unifiedUsd,
    feasibleUsd,
    strandedUsd: siloedUsd - unifiedUsd,
    strandedAfterUsd: Math.max(0, feasibleUsd - unifiedUsd),
  };
}

function transferRows({ pack, setting, plan, worthUsd }: TransfersRun): TransfersResult['transfers'] {
  const { positions, initial } = pack.packed;
  return setting.named.flatMap((route, r) => {
    const valueUsd = plan.movedUsd[r] ?? 0;
    if (valueUsd < LEAST_TRANSFER_USD) return [];
    const source = positions.asset[route.sourcePosition] ?? 0;
    const from = pack.accountIds[positions.account[route.sourcePosition] ?? 0] ?? '';
    const to = pack.accountIds[positions.account[route.targetPosition] ?? 0] ?? '';
    const assetId = pack.assetIds[source] ?? '';
    const intoAssetId = pack.assetIds[positions.asset[route.targetPosition] ?? 0] ?? '';
    return [
      {
        id: `${from}:${assetId}>${to}:${intoAssetId}`,
        fromAccountId: from,
        toAccountId: to,
        assetId,
        intoAssetId,
        use: positions.kind[route.targetPosition] === POSITION_KIND.debt ? ('repay' as const) : ('topUp' as const),
        quantity: valueUsd / (initial.priceUsd[source] ?? NaN),
        valueUsd,
        costUsd: (1 - (setting.problem.routes[r]?.arrivesFraction ?? 1)) * valueUsd + route.feeUsd,
        minutes: route.minutes,
        worthUsd: worthUsd.get(r) ?? 0,
      },
    ];
  });
}

function accountRows(run: TransfersRun): TransfersResult['accounts'] {
  const { pack, setting, plan, before, after, jointMoves } = run;
  const { problem } = setting;
  return pack.accountIds.flatMap((accountId, a) => {
    if (!isJudged(pack, a)) return [];
    let planned = before.intactExcessUsd[a] ?? 0;
    problem.routes.forEach((route, r) => {
      const moved = plan.movedUsd[r] ?? 0;
      if (route.from === a) planned -= route.takesAtShock * moved;
      if (route.to === a) planned += route.bringsAtShock * moved;
    });
    return [
      {
        accountId,
        venueName: venueName(run, a),
        bufferUsd: problem.bufferUsd[a] ?? 0,
        excessBeforeUsd: before.intactExcessUsd[a] ?? 0,
        excessPlannedUsd: planned,
        excessAfterUsd: after.intactExcessUsd[a] ?? 0,
        shortUsd: plan.shortUsd[a] ?? 0,
        jointMoveBefore: moveOrNull(jointMoves.before[a]),
        jointMoveAfter: moveOrNull(jointMoves.after[a]),
        needPrice: plan.needPrice[a] ?? 0,
      },
    ];
  });
}

function limitRows({ inputs, setting, plan }: TransfersRun): TransfersResult['limits'] {
  const { problem } = setting;
  return inputs.contents.venues.map((venue, v) => ({
    venueId: venue.id,
    venueName: venue.name,
    limitUsd: problem.limitUsd[v] ?? 0,
    usedUsd: problem.routes.reduce((sum, route, r) => sum + (route.limit === v ? (plan.movedUsd[r] ?? 0) : 0), 0),
    pricePerUsd: plan.limitPrice[v] ?? 0,
  }));
}

type Told = Pick<TransfersResult, 'requirement' | 'funding' | 'transfers' | 'accounts' | 'costUsd'>;

function statementOf(run: TransfersRun, { requirement, funding, transfers, accounts, costUsd }: Told): string[] {
  const short = accounts.filter((row) => row.excessBeforeUsd < row.bufferUsd).map((row) => row.accountId);
  const saving = requirement.siloedUsd - requirement.unifiedUsd;
  const [first] = run.unification.rows;
  return [
    short.length === 0
      ? 'At the reference shock no account is below its buffer: nothing needs to move.'
      : `At the reference shock ${listing(short)} lack ${money(funding.siloedUsd)} together, while ${money(funding.strandedUsd)} of it lies elsewhere in the book.`,
    transfers.length === 0
      ? `Within ${horizonWords(run.wish.horizonHours)} nothing is moved; ${money(funding.feasibleUsd)} stays missing.`
      : `${transfers.length} transfers within ${horizonWords(run.wish.horizonHours)} cost ${money(costUsd)} USD and leave ${money(funding.feasibleUsd)} missing.`,
    `One clearing book for the margin accounts would ask ${money(saving)} less (${percent(requirement.siloedUsd > 0 ? saving / requirement.siloedUsd : 0)}); loans cannot net.`,
    ...(first === undefined
      ? []
      : [
          `Its price: the worst failure of a venue takes ${money(first.afterUsd)} instead of ${money(first.beforeUsd)} by clearing, since one default then reaches everything at ${run.unification.hubName}.`,
        ]),
  ];
}

function horizonWords(hours: number): string {
  return hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} h`;
}

function assumptionRows({ terms, inputs }: TransfersRun): TransfersResult['assumptions'] {
  return [
    ...inputs.contents.venues.map((venue) => {
      const each = venueTerms(terms, venue.id);
      return {
        id: `transfer:${venue.id}`,
        text: `${venue.name}: minutes out and in, limit a day, fee`,
        value: `${each.withdrawMinutes.high} and ${each.depositMinutes.high} min; ${money(each.dailyLimitUsd.low)}; ${each.withdrawFeeUsd} USD`,
        source: each.source,
      };
    }),
    {
      id: 'swap',
      text: 'Changing the form of a thing',
      value: `${terms.swap.costFraction * 1e4} bp, ${terms.swap.minutes.high} min`,
      source: terms.swap.source,
    },
    {
      id: 'circles',
      text: 'Collateral that leaves an account and comes back by another way only changes its mix, which is not a transfer',
      value: 'no circles: of each the way is closed that is missed least',
      source: 'model',
    },
    ...terms.notes.map((text, i) => ({ id: `note:${i}`, text, value: '', source: 'resources/system/transfers.json' })),
  ];
}
