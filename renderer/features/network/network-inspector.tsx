import { Fragment, type ReactElement } from 'react';
import type { AccountResult } from '../../../main/contract/analysis.ts';
import type { Cell } from '../../../main/contract/cell.ts';
import type { NetworkMetric, NetworkResult } from '../../../main/contract/network.ts';
import { isFailure } from '../../format/failure.ts';
import { millions, moneyShort, shown } from '../../format/money.ts';
import { count, fixed } from '../../format/number.ts';
import { distanceWords, percent, ratio } from '../../format/share.ts';
import { age } from '../../format/time.ts';
import { Chip } from '../../parts/chip.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StateMark, stateGlyph } from '../../parts/state-mark.tsx';
import type { NetworkNode } from './network-model.ts';

type Props = { readonly network: NetworkResult; readonly node: NetworkNode | null; readonly account: AccountResult | null };

/** What the selected node is worth and why, who may sell it, and what the whole book looks through to. */
export function NetworkInspector({ network, node, account }: Props): ReactElement {
  return (
    <Panel
      title={node?.label ?? 'Nothing selected'}
      caption={node === null ? undefined : `${node.kind} · ${node.caption}`}
      className="network-inspector"
      actions={account !== null && <DistanceChip account={account} />}
    >
      {node === null ? (
        <p className="secondary">Click a node, or press L for the next loop; arrows walk the edges.</p>
      ) : (
        <Conditions network={network} node={node} />
      )}
      {node !== null && <Sellers sellers={network.sellers[node.id] ?? []} />}
      <Metrics network={network} />
      <LooksThrough network={network} />
    </Panel>
  );
}

function DistanceChip({ account }: { readonly account: AccountResult }): ReactElement {
  if (account.maintenanceRequirementUsd === null) return <Chip tone="plain">no requirement</Chip>;
  const tone = account.state === 'none' ? 'plain' : account.state;
  return <Chip tone={tone}>joint {distanceWords(account.jointMove)}</Chip>;
}

function Conditions({ network, node }: { readonly network: NetworkResult; readonly node: NetworkNode }): ReactElement {
  const list = network.conditions[node.id] ?? [];
  return (
    <section>
      <h3>
        <Explain metric="network.nodes.valueUsd" subjectId={node.id}>
          {moneyShort(node.valueUsd)} USD
        </Explain>
        {list.length === 0 ? ' at stake' : ' is worth it as long as'}
      </h3>
      <ul className="network-conditions">
        {list.map((condition) => (
          <li key={condition.text}>
            <StateMark state={condition.state} />
            <div>
              {condition.text}
              <p className="muted">{condition.detail}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sellers({ sellers }: { readonly sellers: readonly string[] }): ReactElement | null {
  if (sellers.length === 0) return null;
  return (
    <section>
      <h3>Who may sell it, in order</h3>
      <p className="network-sellers">
        {sellers.map((seller, index) => (
          <Fragment key={seller}>
            {index > 0 && <span aria-hidden="true">→</span>}
            <Chip tone="plain">{seller}</Chip>
          </Fragment>
        ))}
      </p>
    </section>
  );
}

function Metrics({ network }: { readonly network: NetworkResult }): ReactElement {
  const [first] = network.metrics;
  return (
    <section>
      <h3>The book as a network {first !== undefined && <span className="muted">oldest price {age(first.ageMs)} old</span>}</h3>
      <table className="table network-metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="right">
              Value
            </th>
            <th scope="col" className="right">
              24 h ago
            </th>
            <th scope="col" className="right">
              Known
            </th>
          </tr>
        </thead>
        <tbody>
          {network.metrics.map((metric) => (
            <tr key={metric.id} title={metric.meaning}>
              <th scope="row">{metric.title}</th>
              <td className="right">
                <Explain metric={`network.metrics.${metric.id}`}>
                  <strong>{metricText(metric, metric.value)}</strong>
                </Explain>
              </td>
              <td
                className="right muted figure"
                {...(isFailure(metric.dayBefore) ? { title: `24 h ago: ${metric.dayBefore.message}` } : {})}
              >
                {isFailure(metric.dayBefore) ? '–' : metricText(metric, metric.dayBefore)}
              </td>
              <td className={`right network-known ${metric.coverageFraction < WELL_KNOWN ? 'state-watch' : 'muted'}`}>
                {percent(metric.coverageFraction, 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {whyUnknownThen(network.metrics).map((message) => (
        <p key={message} className="muted network-then">
          24 h ago: {message}.
        </p>
      ))}
      {network.unknown.length > 0 && (
        <p className="muted" title={network.unknown.join('; ')}>
          Not known: {network.unknown.slice(0, 2).join('; ')}
          {network.unknown.length > 2 && ` and ${count(network.unknown.length - 2)} more`}.
        </p>
      )}
    </section>
  );
}

/** Coverage below which a metric is marked. */
const WELL_KNOWN = 0.9;

/** Why some metrics have no value of the day before, each reason once. */
function whyUnknownThen(metrics: readonly NetworkMetric[]): readonly string[] {
  return [...new Set(metrics.flatMap(({ dayBefore }) => (isFailure(dayBefore) ? [dayBefore.message] : [])))];
}

function metricText({ unit }: NetworkMetric, value: Cell): string {
  if (unit === 'fraction') return percent(value);
  if (unit === '×') return ratio(value);
  return shown(value, (number) => (unit === 'claims' && Number.isInteger(number) ? count(number) : fixed(number, 2)));
}

/** Net exposure to each base asset after look-through, on one symmetric scale. */
function LooksThrough({ network }: { readonly network: NetworkResult }): ReactElement {
  const assets = network.lookThrough.byAsset.toSorted((a, b) => Math.abs(b.netUsd) - Math.abs(a.netUsd));
  const limit = Math.max(1, ...assets.map((asset) => Math.abs(asset.netUsd)));
  return (
    <section>
      <h3>
        Looks through to <span className="muted">M USD, assets less debts</span>
      </h3>
      <table className="network-bars">
        <tbody>
          {assets.map((asset) => (
            <tr key={asset.assetId} title={`assets ${millions(asset.assetsUsd)} M, debts ${millions(asset.debtsUsd)} M`}>
              <th scope="row">{asset.assetId}</th>
              <td className="network-bar" aria-hidden="true">
                <i
                  className={asset.netUsd < 0 ? 'is-debt' : ''}
                  style={{ width: `${(Math.abs(asset.netUsd) / limit) * 50}%`, [asset.netUsd < 0 ? 'right' : 'left']: '50%' }}
                />
              </td>
              <td className="right figure">
                <Explain metric="network.lookThrough.byAsset.netUsd" subjectId={asset.assetId}>
                  {millions(asset.netUsd)}
                </Explain>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {network.underBacked.map((claim) => (
        <p key={claim.assetId} className="state-danger">
          {stateGlyph('danger')} {claim.assetId} is backed to {percent(claim.backingRatio)} only.
        </p>
      ))}
    </section>
  );
}
