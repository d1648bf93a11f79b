import { Component, type ReactElement, type ReactNode } from 'react';
import { FailureBox } from './states.tsx';

type Props = { readonly children: ReactNode };

/** Keeps a rendering error inside its panel: the others go on, and the error is named with a way out. */
export class PanelBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.box(error);
  }

  private box(error: Error): ReactElement {
    return (
      <FailureBox
        failure={{
          reason: 'internal',
          message: `This panel could not be drawn: ${error.message}`,
          remedy: 'The numbers are safe; draw it again, or reload the window.',
        }}
        action={{ title: 'Draw again', run: () => this.setState({ error: null }) }}
      />
    );
  }
}
