import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { millions } from '../../format/money.ts';
import { percentFigure } from '../../format/share.ts';
import { Explain } from '../../parts/explain.tsx';
import { HealthBar, stateOfUse } from '../../parts/health-bar.tsx';
import { Panel } from '../../parts/panel.tsx';
import { stateClass } from '../../parts/state-mark.tsx';
import { VenueMark } from '../../parts/venue-mark.tsx';

/** Use of the requirement at each venue, tightest first, and of the book. */
export function VenueUsePanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const venues = analysis.venues
    .filter((venue) => venue.useFraction !== null)
    .toSorted((a, b) => (b.useFraction ?? 0) - (a.useFraction ?? 0));
  return (
    <Panel title="Requirement use by venue" caption="requirement ÷ resources" className="overview-use">
      <table className="use-table">
        <thead>
          <tr>
            <th scope="col">Venue</th>
            <th scope="col">
              <span className="use-scale">
                <span>0</span>
                <span>70</span>
                <span>85 %</span>
              </span>
            </th>
            <th scope="col" className="right">
              Use, %
            </th>
            <th scope="col" className="right">
              Req., M
            </th>
          </tr>
        </thead>
        <tbody>
          {venues.map((venue) => (
            <tr key={venue.venueId}>
              <th scope="row">
                <span className="venue-cell">
                  <VenueMark mark={venue.venueMark} />
                  <span>{venue.venueName}</span>
                </span>
              </th>
              <td>
                <HealthBar useFraction={venue.useFraction} label={`${venue.venueName} use`} />
              </td>
              <td
                className={`right use-figure ${stateOfUse(venue.useFraction) === 'safe' ? '' : stateClass(stateOfUse(venue.useFraction))}`}
              >
                <Explain metric="venue.useFraction" subjectId={venue.venueId}>
                  {percentFigure(venue.useFraction)}
                </Explain>
              </td>
              <td className="right secondary">{millions(venue.requirementUsd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Book
            </th>
            <td className="right">{percentFigure(analysis.totals.useFraction)}</td>
            <td className="right">{millions(analysis.totals.requirementUsd)}</td>
          </tr>
        </tfoot>
      </table>
    </Panel>
  );
}
