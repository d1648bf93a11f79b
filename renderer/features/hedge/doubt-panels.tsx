import type { ReactElement } from 'react';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';

/** Which assumption may fail, and what then happens. */
export function WrongPanel({ hedge }: { readonly hedge: HedgeResult }): ReactElement {
  return (
    <Panel title="What could go wrong" className="hedge-wrong">
      {hedge.whatCouldGoWrong.length === 0 ? (
        <p className="muted">Nothing was tested, since nothing is suggested.</p>
      ) : (
        <dl>
          {hedge.whatCouldGoWrong.map((doubt) => (
            <div key={doubt.assumption}>
              <dt>{doubt.assumption}</dt>
              <dd className="secondary">{doubt.effect}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

/** The price of each binding limit, as sentences. */
export function DualsPanel({ hedge }: { readonly hedge: HedgeResult }): ReactElement {
  return (
    <Panel title="What binds, and its price" caption="change of the objective per unit of each binding limit" className="hedge-duals">
      {hedge.duals.length === 0 ? (
        <p className="muted">No limit binds: more room anywhere would not lower the expected shortfall.</p>
      ) : (
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
      )}
    </Panel>
  );
}
