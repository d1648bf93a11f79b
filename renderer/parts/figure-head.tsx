import type { ReactElement } from 'react';

type Props = { readonly first: string; readonly figures: readonly string[]; readonly last?: string };

/** Head of a table that names something, gives its figures and may end with a word on it. */
export function FigureHead({ first, figures, last }: Props): ReactElement {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {figures.map((heading) => (
          <th key={heading} scope="col" className="right">
            {heading}
          </th>
        ))}
        {last !== undefined && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}
