import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  /** `primary` stands once per screen; `link` is text in the accent. */
  readonly tone?: 'primary' | 'outline' | 'link' | 'quiet';
  /** Shortcut, shown in a small key inside the button. */
  readonly shortcut?: string;
  readonly children: ReactNode;
};

/** A button of the house. */
export function Button({ tone = 'outline', shortcut, children, className, ...rest }: ButtonProps): ReactElement {
  return (
    <button {...rest} type="button" className={`button button-${tone}${className === undefined ? '' : ` ${className}`}`}>
      {children}
      {shortcut !== undefined && <Key>{shortcut}</Key>}
    </button>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { readonly children: ReactNode }): ReactElement {
  return <kbd className="key">{children}</kbd>;
}

/** Name of a key as it is drawn: short signs in place of words. */
export function keyLabel(key: string): string {
  return key.replace('Ctrl+', 'Ctrl ').replace('Shift+', '⇧ ').replace('Escape', 'Esc').replace('Enter', '↵').replace('Backspace', '⌫');
}
