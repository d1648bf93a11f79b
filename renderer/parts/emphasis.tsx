import type { ReactElement } from 'react';

/** A plain sentence with its accounts and figures set in bold, so that it can be scanned. */
export function Emphasis({ text, names }: { readonly text: string; readonly names: readonly string[] }): ReactElement {
  const escaped = names.toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const figures = '(?:(?<![A-Za-z])[A-Z]{2,6}\\s)?[+−-]?\\d[\\d,.]*[\\s\\u2009]?%';
  const pattern = new RegExp(`(${[...escaped, figures].join('|')})`, 'u');
  return (
    <>
      {text.split(pattern).map((part, index) =>
        index % 2 === 1 ? (
          <strong key={index} className="unbroken">
            {part}
          </strong>
        ) : (
          part
        ),
      )}
    </>
  );
}
