import { type ReactElement, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';
import type { RuleSetRow } from '../../../main/contract/rule-set.ts';
import { useCommands } from '../../app/commands.ts';
import { useCall } from '../../client/queries.ts';
import { Grid } from '../../grid/grid.tsx';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { ruleColumns } from './rule-columns.ts';
import { useRuleEdits, withoutRows } from './rule-edits.ts';
import { RuleSheet } from './rule-sheet.tsx';

type Props = { readonly account: AccountResult; readonly analysis: AnalysisResult; readonly tabs: ReactNode };

/** The same positions under the rules in force and under others; a rule of one's own can be tried and taken away again. */
export function RulesPanel({ account, analysis, tabs }: Props): ReactElement {
  const { accountId } = account;
  const [edits, setEdits] = useRuleEdits(accountId);
  const [selectedId, setSelectedId] = useState('inForce');
  const [isEditing, setIsEditing] = useState(false);
  const { value, failure } = useCall('ruleSet.compare', { accountId, edits: [...edits] });
  const comparison = value?.accountId === accountId ? value : null;
  const columns = useColumns(account, analysis);
  const canEdit = (comparison?.editable.length ?? 0) > 0;
  useEditCommand(canEdit, () => setIsEditing(true));
  const selected = comparison?.rows.find((row) => row.id === selectedId) ?? comparison?.rows[0];
  const remove = (rows: readonly RuleSetRow[]): void =>
    setEdits(
      withoutRows(
        edits,
        rows.map((row) => row.id),
      ),
    );
  return (
    <Panel
      title="Under other rules"
      head={tabs}
      caption="same positions, each venue’s published parameters"
      isFlush
      className="account-bottom"
      actions={
        <>
          {selected?.kind === 'edited' && (
            <Button onClick={() => remove([selected])} shortcut="Del">
              Remove edit
            </Button>
          )}
          <Button onClick={() => setIsEditing(true)} disabled={!canEdit} shortcut="N">
            Edit a rule
          </Button>
        </>
      }
      {...(selected === undefined ? {} : { foot: <RuleFoot row={selected} /> })}
    >
      {failure !== null && <FailureBox failure={failure} />}
      {failure === null && (
        <div className="account-rules" aria-busy={comparison === null}>
          <Grid
            label={`Rules for ${accountId}`}
            rows={comparison?.rows ?? []}
            columns={columns}
            selectedId={selected?.id ?? null}
            onSelect={(row) => setSelectedId(row.id)}
            onDelete={remove}
            emptyText={comparison === null ? 'Comparing rules' : 'No rules to compare'}
          />
        </div>
      )}
      {isEditing && comparison !== null && (
        <RuleSheet
          accountId={accountId}
          rules={comparison.editable}
          edits={edits}
          onChange={setEdits}
          onClose={() => setIsEditing(false)}
        />
      )}
    </Panel>
  );
}

function useColumns({ healthFactor }: AccountResult, { drivers }: AnalysisResult): ReturnType<typeof ruleColumns> {
  const isLending = healthFactor !== null;
  return useMemo(
    () =>
      ruleColumns(
        isLending,
        drivers.map((driver) => driver.assetId),
      ),
    [isLending, drivers],
  );
}

/** The command that opens the sheet, with its key, while there is a rule to edit. */
function useEditCommand(canEdit: boolean, open: () => void): void {
  const latest = useRef(open);
  useLayoutEffect(() => {
    latest.current = open;
  });
  useCommands(
    useMemo(
      () => [
        {
          id: 'accounts.editRule',
          title: 'Edit a rule of the account',
          group: 'Analysis' as const,
          key: 'N',
          run: () => latest.current(),
          when: () => canEdit,
        },
      ],
      [canEdit],
    ),
  );
}

/** Why the row differs, what the rules say about the positions, and what the public source does not settle. */
function RuleFoot({ row }: { readonly row: RuleSetRow }): ReactElement {
  const said = row.findings.filter((finding) => finding.text !== row.why).map((finding) => finding.text);
  const notes = row.notes.join(' ');
  return (
    <div className="rule-foot">
      <p>
        <strong>{row.title}</strong>, {row.status}: {[row.why, ...said].join(' · ')}
      </p>
      <p className="muted rule-notes" title={notes}>
        {row.source}, {row.asOf}. {notes}
      </p>
    </div>
  );
}
