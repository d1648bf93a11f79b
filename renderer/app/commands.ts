import { useEffect } from 'react';
import { create } from 'zustand';

/** Heading under which a command stands in the palette and on the key map. */
export type CommandGroup = 'Go' | 'Book' | 'Analysis' | 'Hedge' | 'Import' | 'Report' | 'Panel' | 'View' | 'Help';

/**
 * One thing the user can do. Every action is a command, so that it has a title, can be found in the palette and can carry
 * a key. `key` is written as on the key map: `Ctrl+K`, `Ctrl+Shift+Z`, `1`, `?`, `H`, `Escape`.
 */
export type Command = {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  readonly key?: string;
  /** More words by which the palette finds it. */
  readonly keywords?: string;
  readonly run: () => void;
  /** Whether it can run now; absent = always. */
  readonly when?: () => boolean;
};

type CommandStore = {
  readonly commands: ReadonlyMap<string, Command>;
  readonly register: (commands: readonly Command[]) => () => void;
};

/** The commands that exist now. A command registered later under the same id takes the place of the former. */
export const useCommandStore = create<CommandStore>()((set) => ({
  commands: new Map(),
  register: (added) => {
    set((state) => {
      const commands = new Map(state.commands);
      for (const command of added) commands.set(command.id, command);
      return { commands };
    });
    return () =>
      set((state) => {
        const commands = new Map(state.commands);
        for (const command of added) if (commands.get(command.id) === command) commands.delete(command.id);
        return { commands };
      });
  },
}));

/** Registers commands for as long as the component is mounted. Pass a memoised array. */
export function useCommands(commands: readonly Command[]): void {
  const register = useCommandStore((state) => state.register);
  useEffect(() => register(commands), [register, commands]);
}

/** Whether the command can run now. */
export function isAvailable(command: Command): boolean {
  return command.when === undefined || command.when();
}

/** Runs a command by its id; false when it does not exist or cannot run now. */
export function runCommand(id: string): boolean {
  const command = useCommandStore.getState().commands.get(id);
  if (command === undefined || !isAvailable(command)) return false;
  command.run();
  return true;
}

/** The command that a key starts now. Later registrations win, so that a panel may take a key from the shell. */
export function commandForKey(key: string): Command | undefined {
  const candidates = [...useCommandStore.getState().commands.values()].filter((command) => command.key === key && isAvailable(command));
  return candidates.at(-1);
}
