import { type ReactElement, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../main/contract/analysis.ts';
import type { CascadeAssumptions } from '../../../../main/domain/scenario.ts';
import { useCommands } from '../../../app/commands.ts';
import { fixed, THIN_SPACE } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';
import { Chip } from '../../../parts/chip.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { scaleOf, scaledShock, shockChips } from '../shock-text.ts';
import { isSameShock, type Stress } from '../use-stress.ts';
import { assumptionFields, changedNames } from './assumption-fields.ts';
import { AssumptionSwitches } from './assumption-switches.tsx';
import { QuietSlider } from './quiet-slider.tsx';
import { ShockEditor } from './shock-editor.tsx';

const besideDepth = assumptionFields.filter((field) => field.isBesideDepth === true);
const rules = assumptionFields.filter((field) => field.isBesideDepth !== true);

type Props = { readonly analysis: AnalysisResult; readonly stress: Stress };

/** Everything the cascade assumes, one click away: the shock and its size, the depth that has gone, and the rules. */
export function AssumptionBar({ analysis, stress }: Props): ReactElement {
  const { question, reference, ask } = stress;
  const { assumptions } = question;
  const switches = { assumptions, reference: reference.assumptions, onChange: (next: CascadeAssumptions) => ask({ assumptions: next }) };
  return (
    <section className="stress-bar" aria-label="Assumptions" data-panel="" tabIndex={-1}>
      <div className="stress-bar-row">
        <strong>Shock</strong>
        <ShockPart analysis={analysis} stress={stress} />
        <i className="stress-rule" aria-hidden="true" />
        <QuietSlider
          label="Size"
          value={scaleOf(question.shock, reference.shock)}
          min={0}
          max={2}
          step={0.05}
          shown={(scale) => `${fixed(scale, 2)}${THIN_SPACE}×`}
          onChange={(scale) => ask({ shock: scaledShock(reference.shock, scale) })}
        />
        <QuietSlider
          label="Depth thinning"
          value={assumptions.depthThinningFraction}
          min={0}
          max={0.95}
          step={0.05}
          shown={(share) => `${fixed(share * 100, 0)}${THIN_SPACE}%`}
          onChange={(share) => ask({ assumptions: { ...assumptions, depthThinningFraction: share } })}
        />
        <AssumptionSwitches fields={besideDepth} {...switches} />
        <div className="stress-bar-end">
          {stress.runId === null ? (
            <span className="muted">{settledWords(stress)}</span>
          ) : (
            <RunProgressBar runId={stress.runId} title="Cascade" />
          )}
        </div>
      </div>
      <div className="stress-bar-row">
        <AssumptionSwitches fields={rules} {...switches} />
        <div className="stress-bar-end">
          <Changes stress={stress} />
        </div>
      </div>
    </section>
  );
}

/** The moves as chips, or as fields while they are edited. */
function ShockPart({ analysis, stress }: Props): ReactElement {
  const [isEditing, setIsEditing] = useState(false);
  const { shock } = stress.question;
  useCommands(
    useMemo(
      () => [{ id: 'cascade.editShock', title: 'Edit the shock', group: 'Analysis' as const, key: 'E', run: () => setIsEditing(true) }],
      [],
    ),
  );
  if (isEditing) {
    return (
      <ShockEditor
        shock={shock}
        drivers={analysis.drivers.map((driver) => driver.assetId)}
        onRun={(next) => {
          setIsEditing(false);
          stress.ask({ shock: next });
        }}
        onLeave={() => setIsEditing(false)}
      />
    );
  }
  return (
    <>
      {shockChips(shock).map((chip) => (
        <Chip key={chip} tone="plain">
          {chip}
        </Chip>
      ))}
      <Button tone="link" shortcut="E" onClick={() => setIsEditing(true)}>
        Edit
      </Button>
    </>
  );
}

/** A step back, and the way back to the reference, which says what differs from it: the switches that do are marked. */
function Changes({ stress }: Pick<Props, 'stress'>): ReactElement | null {
  const { question, reference, undo, reset } = stress;
  useCommands(
    useMemo(
      () => [
        { id: 'cascade.undo', title: 'Take back the last change of the stress', group: 'Analysis' as const, key: 'U', run: () => undo?.() },
      ],
      [undo],
    ),
  );
  const names = [
    ...(isSameShock(question.shock, reference.shock) ? [] : ['shock']),
    ...changedNames(question.assumptions, reference.assumptions),
  ];
  return (
    <>
      {names.length > 0 && <span className="visually-hidden">changed: {names.join(', ')}</span>}
      {undo !== null && (
        <Button tone="link" shortcut="U" onClick={undo}>
          Undo
        </Button>
      )}
      {names.length > 0 && (
        <Button tone="link" title={`Back to the reference; changed: ${names.join(', ')}`} onClick={reset}>
          Reference
        </Button>
      )}
    </>
  );
}

function settledWords({ cascade }: Stress): string {
  const crowd = cascade.rounds.reduce((sum, round) => sum + round.crowdAccounts, 0);
  const end = cascade.hasConverged ? 'at rest' : 'not at rest';
  return `${fixed(crowd, 0)} of the crowd sold · ${end}`;
}
