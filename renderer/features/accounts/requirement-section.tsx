import type { ReactElement } from 'react';
import type { ExcessCurve, NextSwitch, RequirementGreek, RequirementRow } from '../../../main/contract/requirement.ts';
import { fixed, signed } from '../../format/number.ts';
import { Explain } from '../../parts/explain.tsx';
import { FigureHead } from '../../parts/figure-head.tsx';

type Props = { readonly accountId: string; readonly row: RequirementRow };

/** How the requirement moves: a grid of drivers, how the excess bends, and where it stops doing so. */
export function RequirementSection({ accountId, row }: Props): ReactElement {
  if (row.trouble !== null) return <p className="secondary">{row.trouble.message}</p>;
  const greeks = row.greeks.filter((greek) => isFelt(greek));
  const next = nearestSwitch(row.switches);
  return (
    <>
      {greeks.length === 0 ? (
        <p className="secondary">Nothing that moves here changes the excess.</p>
      ) : (
        <GreekTable accountId={accountId} greeks={greeks} />
      )}
      <Convexity accountId={accountId} row={row} />
      {next !== null && (
        <p className="account-switch">
          <strong>Next switch.</strong> {next.text}
        </p>
      )}
    </>
  );
}

/** Less than half of the last figure shown, USD. */
const UNSEEN = 50;

/** A driver that changes the excess by enough to be shown, alone or jointly. */
function isFelt({ aloneUsd, jointUsd }: RequirementGreek): boolean {
  return Math.abs(aloneUsd) >= UNSEEN || Math.abs(jointUsd) >= UNSEEN;
}

/** The switch met first; where none is, what is said of the first driver that the account stands on. */
export function nearestSwitch(switches: readonly NextSwitch[]): NextSwitch | null {
  const met = switches.filter((each) => each.move !== null);
  return met.toSorted((left, right) => Math.abs(left.move ?? 0) - Math.abs(right.move ?? 0))[0] ?? switches[0] ?? null;
}

function GreekTable({ accountId, greeks }: { readonly accountId: string; readonly greeks: readonly RequirementGreek[] }): ReactElement {
  return (
    <table className="table account-greeks">
      <FigureHead first="Driver" figures={['Bump', 'Alone', 'Coupling', 'Joint']} />
      <tbody>
        {greeks.map((greek) => (
          <tr key={greek.driver}>
            <th scope="row">{greek.title}</th>
            <td className="right muted">{greek.bump}</td>
            <Part accountId={accountId} greek={greek} part="alone" />
            <Part accountId={accountId} greek={greek} part="coupling" />
            <Part accountId={accountId} greek={greek} part="joint" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type PartProps = { readonly accountId: string; readonly greek: RequirementGreek; readonly part: 'alone' | 'coupling' | 'joint' };

function Part({ accountId, greek, part }: PartProps): ReactElement {
  const usd = { alone: greek.aloneUsd, coupling: greek.couplingUsd, joint: greek.jointUsd }[part];
  const text = changeThousands(usd);
  return (
    <td className="right">
      <Explain metric={`requirement.greeks.${part}Usd`} subjectId={`${accountId} ${greek.driver}`}>
        {part === 'joint' ? <strong>{text}</strong> : text}
      </Explain>
    </td>
  );
}

/** Change from which thousands are shown whole, USD. */
const WHOLE = 1e6;

/** Change in thousands with its sign; what would round to nothing is a plain zero. */
function changeThousands(usd: number): string {
  return Math.abs(usd) < UNSEEN ? '0.0' : signed(usd / 1e3, Math.abs(usd) < WHOLE ? 1 : 0);
}

/** Moves at which the bend is shown. */
const BENDS = [-0.2, -0.1, -0.05, 0.05, 0.1, 0.2];
const LINES = [
  { id: 'linear', title: 'Linear', pick: (curve: ExcessCurve) => curve.linearUsd },
  { id: 'alone', title: 'True', pick: (curve: ExcessCurve) => curve.aloneUsd },
  { id: 'joint', title: 'Joint', pick: (curve: ExcessCurve) => curve.jointUsd },
] as const;

/** The excess by its slope, in truth and jointly, along the driver that bends it most. */
function Convexity({ accountId, row }: Props): ReactElement | null {
  const curve = mostBent(row.curves);
  if (curve === null) return null;
  const index = (move: number): number => curve.moves.findIndex((each) => Math.abs(each - move) < 1e-9);
  return (
    <section>
      <h3>Convexity of excess, M USD</h3>
      <table className="table account-convexity">
        <thead>
          <tr>
            <th scope="col">{curve.driver === '*' ? 'All' : curve.driver}, %</th>
            {BENDS.map((move) => (
              <th key={move} scope="col" className="right">
                {signed(move * 100, 0)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LINES.map(({ id, title, pick }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {BENDS.map((move) => {
                const usd = pick(curve)[index(move)];
                return (
                  <td key={move} className={usd !== undefined && usd < 0 ? 'right is-below' : 'right'}>
                    <Explain metric={`requirement.curves.${id}Usd`} subjectId={`${accountId} ${curve.driver} ${move}`}>
                      {usd === undefined ? '–' : fixed(usd / 1e6, 2)}
                    </Explain>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The price curve of a single driver whose joint end differs most from its slope, or that moves most where none bends. */
export function mostBent(curves: readonly ExcessCurve[]): ExcessCurve | null {
  const single = curves.filter((curve) => curve.driver !== '*' && curve.driver !== 'volatility');
  const bend = ({ linearUsd, jointUsd }: ExcessCurve): number =>
    Math.max(...linearUsd.map((usd, i) => Math.abs((jointUsd[i] ?? usd) - usd)));
  const reach = ({ aloneUsd }: ExcessCurve): number => Math.max(...aloneUsd) - Math.min(...aloneUsd);
  const felt = single.filter((curve) => reach(curve) >= 1);
  return felt.toSorted((left, right) => bend(right) - bend(left) || reach(right) - reach(left))[0] ?? null;
}
