import type { ReactElement } from 'react';
import type { SuggestionSurvival } from '../../../main/contract/hedge-survival.ts';
import { moneyShort, shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { HedgeTabProps } from './hedge-tabs.ts';

/** Which assumption may fail, and what then happens. */
export function WrongPanel({ hedge, head, className }: HedgeTabProps): ReactElement {
  return (
    <Panel title="What could go wrong" head={head} className={`hedge-wrong ${className}`}>
      {hedge === null || hedge.whatCouldGoWrong.length === 0 ? (
        <p className="muted">Nothing was tested, since nothing is suggested.</p>
      ) : (
        <dl>
          {hedge.whatCouldGoWrong.map((doubt) => (
            <div key={doubt.assumption}>
              <dt>{doubt.assumption}</dt>
              <dd className="secondary">{doubt.effect}</dd>
            </div>
          ))}
          {hedge.survival && <LostHedges survival={hedge.survival} />}
          {hedge.survival && <StateFalls survival={hedge.survival} />}
        </dl>
      )}
    </Panel>
  );
}

/** What lost hedges cost, and what was taken to go wrong with them. */
function LostHedges({ survival }: { readonly survival: SuggestionSurvival }): ReactElement {
  return (
    <div>
      <dt>Hedges are lost when they are needed</dt>
      <dd className="secondary">
        Expected shortfall{' '}
        <Explain metric="hedge.survival.countedUsd">
          <strong>{moneyShort(survival.countedUsd)}</strong>
        </Explain>{' '}
        counting {survival.scenarios} such scenarios, {moneyShort(survival.idealUsd)} if none ever is. {survival.stated.join(' ')}
      </dd>
    </div>
  );
}

/** Who would fall all the same in one of those states; nobody is said too, since it was looked at. */
function StateFalls({ survival: { falls } }: { readonly survival: SuggestionSurvival }): ReactElement | null {
  if (falls === undefined) return null;
  return (
    <div>
      <dt>An account falls though it is hedged</dt>
      {falls.length === 0 && <dd className="secondary">In none of these states does an account fall that holds otherwise.</dd>}
      {falls.map(({ accountId, kind, subject, text }) => (
        <dd key={`${accountId} ${kind} ${subject}`} className="secondary">
          <Explain metric="hedge.survival.falls.shortUsd" subjectId={`${accountId} ${kind} ${subject}`}>
            {text}
          </Explain>
        </dd>
      ))}
    </div>
  );
}

/** The price of each binding limit, as sentences. */
export function DualsPanel({ hedge, head, className }: HedgeTabProps): ReactElement {
  return (
    <Panel
      title="What binds, and its price"
      head={head}
      caption="change of the objective per unit of each binding limit"
      className={`hedge-duals ${className}`}
    >
      <Duals hedge={hedge} />
    </Panel>
  );
}

function Duals({ hedge }: Pick<HedgeTabProps, 'hedge'>): ReactElement {
  if (hedge === null) return <p className="muted">Prices of limits come with a suggestion.</p>;
  if (hedge.duals.length === 0) return <p className="muted">No limit binds: more room anywhere would not lower the expected shortfall.</p>;
  return (
    <dl>
      {hedge.duals.map((dual) => (
        <div key={dual.constraint}>
          <dt>{dual.text}</dt>
          <dd>
            <Explain metric="hedge.duals.value" subjectId={dual.constraint}>
              <strong>{shown(dual.value, (value) => fixed(value, 2))}</strong>
            </Explain>
          </dd>
        </div>
      ))}
    </dl>
  );
}
