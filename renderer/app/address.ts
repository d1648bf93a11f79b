import { screenIds, useNavigation } from './navigation.ts';
import { usePreferences } from './preferences.ts';

/** Wishes that the link carries behind its #: the screen to open and the theme. What is not known is left alone. */
export function readAddress(hash: string): void {
  const wishes = new URLSearchParams(hash.slice(1));
  const screen = screenIds.find((id) => id === wishes.get('screen'));
  if (screen !== undefined) useNavigation.setState({ screen });
  const theme = wishes.get('theme');
  if (theme === 'dark' || theme === 'light') usePreferences.setState({ theme });
}
