import type { ReactElement } from 'react';
import type { AccountResult } from '../../../main/contract/analysis.ts';
import type { RequirementRow } from '../../../main/contract/requirement.ts';
import { useRequirement } from '../../client/queries.ts';
import { isFailure } from '../../format/failure.ts';
import { millions, moneyWords } from '../../format/money.ts';
import { counted, THIN_SPACE } from '../../format/number.ts';
import { chanceFigure, distance, healthFactor, percentFigure, sigmaDays } from '../../format/share.ts';
import { Tile, Tiles } from '../../parts/tile.tsx';

/** Seven figures of an account: equity, requirement, excess, health factor or use, distance alone and jointly, chance of a call. */
export function AccountTiles({ account, isStale }: { readonly account: AccountResult; readonly isStale: boolean }): ReactElement {
  const subject = { subjectId: account.accountId, isStale };
  const row = useRequirement().value?.accounts.find((each) => each.accountId === account.accountId);
  const hasRequirement = account.maintenanceRequirementUsd !== null;
  return (
    <Tiles>
      <Tile
        {...subject}
        label="Equity"
        value={millions(account.equityUsd)}
        unit={unitOf(account.equityUsd, 'M USD')}
        metric="account.equityUsd"
        comparison={`gross ${moneyWords(account.grossUsd)}`}
      />
      <Tile
        {...subject}
        label="Requirement"
        value={millions(account.maintenanceRequirementUsd)}
        unit={unitOf(account.maintenanceRequirementUsd, 'M USD')}
        metric="account.maintenanceRequirementUsd"
        comparison={requirementNote(account)}
      />
      <Tile
        {...subject}
        label="Excess"
        {...(isBelowZero(account.excessUsd) ? { state: 'danger' as const } : {})}
        value={millions(account.excessUsd)}
        unit={unitOf(account.excessUsd, 'M USD')}
        metric="account.excessUsd"
        comparison={hasRequirement ? 'liquidated below 0' : 'no requirement'}
      />
      {account.healthFactor === null ? (
        <Tile
          {...subject}
          label="Requirement use"
          value={percentFigure(account.useFraction)}
          unit={unitOf(account.useFraction, '%')}
          metric="account.useFraction"
          comparison={hasRequirement ? 'of equity; falls at 100 %' : 'nothing is ever liquidated here'}
        />
      ) : (
        <Tile
          {...subject}
          label="Health factor"
          value={healthFactor(account.healthFactor)}
          metric="account.healthFactor"
          comparison={`falls below 1; use ${percentFigure(account.useFraction)} %`}
        />
      )}
      <Tile
        {...subject}
        label="Distance, alone"
        value={distance(account.aloneMove, hasRequirement)}
        unit={unitOf(account.aloneMove, '%')}
        metric="account.aloneMove"
        comparison={neverAlone(account)}
      />
      <Tile
        {...subject}
        label="Distance, joint"
        state={account.state}
        value={distance(account.jointMove, hasRequirement)}
        unit={unitOf(account.jointMove, '%')}
        metric="account.jointMove"
        comparison={jointNote(account, row)}
      />
      {hasRequirement && <ChanceTile {...subject} row={row} />}
    </Tiles>
  );
}

/** The chance that the excess runs out within an hour, a day and a week, everybody reacting. */
function ChanceTile({
  row,
  ...subject
}: {
  readonly subjectId: string;
  readonly isStale: boolean;
  readonly row: RequirementRow | undefined;
}): ReactElement {
  const chance = row?.trouble === null ? row.distance?.chanceJoint : undefined;
  return (
    <Tile
      {...subject}
      label="Chance of a call, %"
      value={chance === undefined ? '–' : [chance.hour, chance.day, chance.week].map(chanceFigure).join(`${THIN_SPACE}/${THIN_SPACE}`)}
      unit=""
      metric="requirement.distance.chanceJoint"
      comparison="in 1 h / 1 d / 7 d, jointly"
    />
  );
}

function isBelowZero(amount: AccountResult['excessUsd']): boolean {
  return typeof amount === 'number' && amount < 0;
}

/** A unit stands only beside a number. */
function unitOf(amount: unknown, unit: string): string {
  return typeof amount === 'number' && Number.isFinite(amount) ? unit : '';
}

function requirementNote(account: AccountResult): string {
  if (isFailure(account.maintenanceRequirementUsd)) return account.maintenanceRequirementUsd.message;
  if (account.maintenanceRequirementUsd === null) return 'custody';
  if (account.healthFactor !== null) return 'debt';
  return typeof account.initialRequirementUsd === 'number'
    ? `maintenance; initial ${millions(account.initialRequirementUsd)}`
    : 'maintenance';
}

function neverAlone(account: AccountResult): string {
  if (account.maintenanceRequirementUsd === null) return '';
  const never = account.liquidationPoints.filter((point) => point.downMove === null && point.upMove === null).map((point) => point.driver);
  if (never.length === 0) return account.aloneMove === null ? 'never along the common axis' : 'along the common axis';
  return never.length === account.liquidationPoints.length ? 'never by one driver alone' : `never by ${never.join(' or ')} alone`;
}

function jointNote(account: AccountResult, row: RequirementRow | undefined): string {
  if (account.maintenanceRequirementUsd === null) return '';
  const joint = row?.distance?.joint;
  const days = joint === undefined || joint === null ? '' : `${sigmaDays(joint.sigmaDays)} σ-days; `;
  return `${days}${account.fallsInRound === null ? 'holds' : `round ${account.fallsInRound}`}`;
}

/** What an account is, in one line: `Morpho · wstETH/USDC · 2 positions`. */
export function accountCaption(account: AccountResult): string {
  return [account.name, account.venueName, account.marketId, counted(account.positions, 'position')]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
