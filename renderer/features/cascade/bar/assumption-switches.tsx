import type { ReactElement } from 'react';
import type { CascadeAssumptions } from '../../../../main/domain/scenario.ts';
import { Segmented } from '../../../parts/switches.tsx';
import { type AssumptionField, offerOf, withOffer } from './assumption-fields.ts';

type Props = {
  readonly fields: readonly AssumptionField[];
  readonly assumptions: CascadeAssumptions;
  readonly reference: CascadeAssumptions;
  readonly onChange: (assumptions: CascadeAssumptions) => void;
};

/** One switch for each described assumption; the name of a changed one is marked. */
export function AssumptionSwitches(props: Props): ReactElement {
  return (
    <div className="stress-switches">
      {props.fields.map((field) => (
        <Switch key={field.id} field={field} {...props} />
      ))}
    </div>
  );
}

function Switch({ field, assumptions, reference, onChange }: Omit<Props, 'fields'> & { readonly field: AssumptionField }): ReactElement {
  const offer = offerOf(field, assumptions);
  const isChanged = JSON.stringify(assumptions[field.id]) !== JSON.stringify(reference[field.id]);
  const choices = field.offers.map(({ value, title }) => ({ value, title }));
  return (
    <span className="stress-field" title={field.meaning}>
      <span className={isChanged ? 'stress-field-name is-changed' : 'stress-field-name'}>
        {field.title}
        {isChanged && <span className="visually-hidden"> (changed)</span>}
      </span>
      <Segmented
        label={field.title}
        choices={offer === null ? [...choices, { value: 'own', title: field.own(assumptions) }] : choices}
        value={offer?.value ?? 'own'}
        onChange={(value) => {
          const next = field.offers.find((each) => each.value === value);
          if (next !== undefined) onChange(withOffer(assumptions, next));
        }}
      />
    </span>
  );
}
