import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useNavigation } from '../navigation.ts';
import { screens } from '../screens.ts';

/** The screens, top to bottom, with how many accounts are in danger. */
export function Rail({ analysis }: { readonly analysis: AnalysisResult | null }): ReactElement {
  const { screen: current, go } = useNavigation();
  const inDanger = analysis?.accounts.filter((account) => account.state === 'danger').length ?? 0;
  return (
    <nav className="rail" aria-label="Screens">
      {screens.map((screen) => {
        const Icon = screen.icon;
        const badge = screen.id === 'accounts' && inDanger > 0 ? inDanger : null;
        return (
          <button
            key={screen.id}
            type="button"
            className="rail-button"
            aria-current={screen.id === current ? 'page' : undefined}
            title={`${screen.title} (${screen.key})`}
            onClick={() => go(screen.id)}
          >
            <Icon size={17} strokeWidth={1.7} aria-hidden="true" />
            <span>{screen.title}</span>
            {badge !== null && (
              <span className="rail-badge" aria-label={`${badge} in danger`}>
                {badge}
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
