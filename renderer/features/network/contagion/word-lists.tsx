import type { ReactElement } from 'react';

/** Sentences that follow from each other, numbered, or that stand side by side. */
export function Sentences({ texts, isOrdered = false }: { readonly texts: readonly string[]; readonly isOrdered?: boolean }): ReactElement {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <List>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </List>
  );
}

type Assumption = { readonly id: string; readonly text: string; readonly value: string };

/** What an answer takes for granted, each with its value where it has one. */
export function Assumptions({ assumptions }: { readonly assumptions: readonly Assumption[] }): ReactElement {
  return (
    <>
      <h3>What is assumed</h3>
      <ul>
        {assumptions.map(({ id, text, value }) => (
          <li key={id}>{value === '' ? text : `${text}: ${value}`}</li>
        ))}
      </ul>
    </>
  );
}
