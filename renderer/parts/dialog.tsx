import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';

/** A modal sheet: native dialog, so that focus stays in it (its first field takes it), Esc closes it and the rest is inert. */
export function Dialog(props: {
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLInputElement>('input')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog${props.className === undefined ? '' : ` ${props.className}`}`}
      aria-label={props.label}
      onClose={props.onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      {props.children}
    </dialog>
  );
}
