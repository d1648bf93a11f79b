import { type ReactElement, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useCommands } from '../../app/commands.ts';
import { counted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { ShockEditor } from './shock-editor.tsx';
import { shockChips } from './shock-text.ts';
import type { Stress } from './use-stress.ts';

type Props = { readonly analysis: AnalysisResult; readonly stress: Stress };

const thinnings = ['0', '0.5', '0.8'].map((value) => ({ value, title: value }));
const crowds = [
  { value: 'on', title: 'with crowd' },
  { value: 'off', title: 'alone' },
] as const;

/** Everything the cascade assumes, each one click away: shock, thinning, crowd, rounds. */
export function AssumptionBar({ analysis, stress }: Props): ReactElement {
  return (
    <section className="stress-bar" aria-label="Assumptions" data-panel="" tabIndex={-1}>
      <strong>Shock</strong>
      <ShockPart analysis={analysis} stress={stress} />
      <i className="stress-rule" aria-hidden="true" />
      <AssumptionSwitches stress={stress} />
      <div className="stress-bar-end">
        {stress.runId === null ? (
          <span className="muted">{settledWords(stress, analysis.seed)}</span>
        ) : (
          <RunProgressBar runId={stress.runId} title="Cascade" />
        )}
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
      {!stress.isReference && (
        <Button tone="link" onClick={stress.reset}>
          Reference
        </Button>
      )}
    </>
  );
}

function AssumptionSwitches({ stress }: Pick<Props, 'stress'>): ReactElement {
  const { assumptions } = stress.question;
  const change = (part: Partial<typeof assumptions>): void => stress.ask({ assumptions: { ...assumptions, ...part } });
  return (
    <>
      <span className="muted">Depth thinning</span>
      <Segmented
        label="Depth thinning"
        choices={withOwn(thinnings, String(assumptions.depthThinningFraction))}
        value={String(assumptions.depthThinningFraction)}
        onChange={(value) => change({ depthThinningFraction: Number(value) })}
      />
      <Segmented
        label="Crowd"
        choices={crowds}
        value={assumptions.includeCrowd ? 'on' : 'off'}
        onChange={(value) => change({ includeCrowd: value === 'on' })}
      />
      <span className="muted">Rounds</span>
      <Segmented
        label="Most rounds"
        choices={withOwn(roundChoices, String(assumptions.maxRounds))}
        value={String(assumptions.maxRounds)}
        onChange={(value) => change({ maxRounds: Number(value) })}
      />
    </>
  );
}

const roundChoices = ['1', '5', '50'].map((value) => ({ value, title: value }));

/** The offered values, and the one in force where it is another. */
function withOwn(
  choices: readonly { readonly value: string; readonly title: string }[],
  own: string,
): readonly { readonly value: string; readonly title: string }[] {
  return choices.some((choice) => choice.value === own)
    ? choices
    : [...choices, { value: own, title: own }].toSorted((a, b) => Number(a.value) - Number(b.value));
}

function settledWords({ cascade }: Stress, seed: number): string {
  const crowd = cascade.rounds.reduce((sum, round) => sum + round.crowdAccounts, 0);
  const end = cascade.hasConverged ? 'came to rest' : 'stopped at the last round';
  return `${counted(crowd, 'crowd account')} sold · ${end} · seed ${seed}`;
}
