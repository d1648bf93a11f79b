import { afterEach, describe, expect, it } from 'vitest';
import { type Command, commandForKey, runCommand, useCommandStore } from '../../../renderer/app/commands.ts';
import { screenIds, useNavigation } from '../../../renderer/app/navigation.ts';
import { screens } from '../../../renderer/app/screens.ts';
import { shellCommands } from '../../../renderer/app/shell/shell-commands.ts';

const leave: (() => void)[] = [];
function register(...commands: readonly Command[]): void {
  leave.push(useCommandStore.getState().register(commands));
}
function command(id: string, more: Partial<Command> = {}): Command {
  return { id, title: id, group: 'Go', run: () => undefined, ...more };
}

afterEach(() => {
  for (const stop of leave.splice(0)) stop();
});

describe('commands', () => {
  it('of the shell have ids and keys of their own', () => {
    const commands = shellCommands();
    const keys = commands.flatMap((entry) => entry.key ?? []);
    expect(new Set(commands.map((entry) => entry.id)).size).toBe(commands.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('reach every screen by the keys 1 to 9, and those beyond by their letter', () => {
    register(...shellCommands());
    expect(screens.map((screen) => screen.id)).toEqual(screenIds);
    for (const screen of screens) {
      commandForKey(screen.key)?.run();
      expect(useNavigation.getState().screen).toBe(screen.id);
    }
    expect(runCommand('go.back')).toBe(true);
    expect(useNavigation.getState().screen).toBe(screens.at(-2)?.id);
  });

  it('cannot run while they are not available', () => {
    let runs = 0;
    register(command('never', { key: 'X', when: () => false, run: () => (runs += 1) }));
    expect(runCommand('never')).toBe(false);
    expect(commandForKey('X')).toBeUndefined();
    expect(runs).toBe(0);
  });

  it('of a panel take a key from the shell and give it back', () => {
    register(command('shell', { key: 'X' }));
    const stop = useCommandStore.getState().register([command('panel', { key: 'X' })]);
    expect(commandForKey('X')?.id).toBe('panel');
    stop();
    expect(commandForKey('X')?.id).toBe('shell');
  });

  it('keep the newer of two under one id when the older one leaves late', () => {
    const stopOlder = useCommandStore.getState().register([command('same', { title: 'older' })]);
    register(command('same', { title: 'newer' }));
    stopOlder();
    expect(useCommandStore.getState().commands.get('same')?.title).toBe('newer');
  });
});
