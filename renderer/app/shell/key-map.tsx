import type { ReactElement } from 'react';
import { Key, keyLabel } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { type Command, useCommandStore } from '../commands.ts';

/** Every command that has a key, by group, as it is now; and the keys that belong to a number, a grid or a chart. */
export function KeyMap({ onClose }: { readonly onClose: () => void }): ReactElement {
  const commands = useCommandStore((state) => state.commands);
  const groups = Map.groupBy(
    [...commands.values()].filter((command) => command.key !== undefined),
    (command) => command.group,
  );
  return (
    <Dialog label="Keyboard map" className="key-map" onClose={onClose}>
      <h2>Keyboard map</h2>
      <div className="key-map-groups">
        {[...groups].map(([group, members]) => (
          <Group key={group} title={group} commands={members} />
        ))}
        <Group title="On a number or a grid" commands={fixedKeys} />
      </div>
    </Dialog>
  );
}

type Line = Pick<Command, 'id' | 'title' | 'key'>;

const fixedKeys: readonly Line[] = [
  { id: 'why', title: 'Why is it so? (or ?)', key: 'Space' },
  { id: 'open', title: 'Open what the row stands for', key: 'Enter' },
  { id: 'edit', title: 'Edit the cell', key: 'F2' },
  { id: 'delete', title: 'Delete the rows', key: 'Delete' },
];

function Group({ title, commands }: { readonly title: string; readonly commands: readonly Line[] }): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {[...Map.groupBy(commands, (command) => command.title)].map(([name, same]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {same.map((command) => (
                <Key key={command.id}>{keyLabel(command.key ?? '')}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
