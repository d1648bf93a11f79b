import { InvalidArgumentError } from 'commander';
import type { TransfersResult } from '../../contract/transfers.ts';
import { dollars, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** What `transfers` may be asked; the horizon in hours. */
export type TransferWish = { readonly horizon?: number; readonly buffer?: number };

const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 };

/** '1d', '6h' or '30m' as hours. */
export function horizonHours(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text.trim()) ?? [];
  const hours = Number(amount) * (HOURS[unit] ?? NaN);
  if (!Number.isFinite(hours)) throw new InvalidArgumentError(`"${text}" is not of the form 30m, 6h or 1d.`);
  return hours;
}

/** `transfers`: what fragmentation costs, and the least-cost transfers of collateral that keep every account above its buffer. */
export async function planTransfers(desk: Desk, { horizon, buffer }: TransferWish): Promise<ExitCode> {
  const answer = await desk.client.call('transfers.plan', {
    ...(horizon === undefined ? {} : { horizonHours: horizon }),
    ...(buffer === undefined ? {} : { bufferFraction: buffer }),
  });
  return reportAnswer(desk, answer, transfersText);
}

function transfersText(result: TransfersResult): string {
  const transfers = result.transfers.map((row) => [
    row.fromAccountId,
    row.toAccountId,
    row.assetId === row.intoAssetId ? row.assetId : `${row.assetId} → ${row.intoAssetId}`,
    row.use === 'repay' ? 'repays' : 'tops up',
    dollars(row.valueUsd),
    dollars(row.costUsd),
    `${row.minutes} min`,
    dollars(row.worthUsd),
  ]);
  const accounts = result.accounts.map((row) => [
    row.accountId,
    row.venueName,
    dollars(row.bufferUsd),
    dollars(row.excessBeforeUsd),
    dollars(row.excessPlannedUsd),
    dollars(row.excessAfterUsd),
    percent(row.jointMoveBefore),
    percent(row.jointMoveAfter),
    row.needPrice.toFixed(4),
  ]);
  const { requirement, funding, unification } = result;
  const bars = [
    ['Missing at the shock', dollars(funding.siloedUsd), dollars(funding.feasibleUsd), dollars(funding.unifiedUsd)],
    ['Required, by scan', dollars(requirement.siloedUsd), 'n/a', dollars(requirement.unifiedUsd)],
  ];
  const failures = unification.rows.map((row) => [
    row.model,
    `${row.worstBefore} ${dollars(row.beforeUsd)}`,
    `${row.worstAfter} ${dollars(row.afterUsd)}`,
  ]);
  return [
    `${result.statement.join('\n')}\n\n`,
    table([{ heading: '' }, ...figures('Siloed', 'With transfers', 'Unified')], bars),
    '\n',
    transfers.length === 0
      ? `No transfers; ${result.lateRoutes} ways are slower than the horizon.\n`
      : table(
          [{ heading: 'From' }, { heading: 'To' }, { heading: 'What' }, { heading: 'Use' }, ...figures('Value', 'Cost', 'Time', 'Worth')],
          transfers,
        ),
    '\nAt the reference shock, and the joint distance:\n',
    table(
      [{ heading: 'Account' }, { heading: 'Venue' }, ...figures('Buffer', 'Excess', 'Planned', 'After', 'Distance', 'After', 'Need costs')],
      accounts,
    ),
    `\nWorst failure of a venue at ${percent(unification.recoveryFraction)} recovery, as it is and with all margin accounts at ${unification.hubName}:\n`,
    table([{ heading: 'Model' }, { heading: 'As it is' }, { heading: 'In one place' }], failures),
  ].join('');
}

function figures(...headings: string[]): { heading: string; isFigure: true }[] {
  return headings.map((heading) => ({ heading, isFigure: true }));
}
