import { create } from 'zustand';

/** What is selected, shared by every panel: one account, one position, one node of the network. */
export type Selection = {
  readonly accountId: string | null;
  readonly positionId: string | null;
  readonly nodeId: string | null;
  readonly selectAccount: (accountId: string | null) => void;
  readonly selectPosition: (positionId: string | null, accountId: string | null) => void;
  readonly selectNode: (nodeId: string | null) => void;
};

/** The linked selection. Selecting a position selects its account too; selecting a node leaves the account alone. */
export const useSelection = create<Selection>()((set) => ({
  accountId: null,
  positionId: null,
  nodeId: null,
  selectAccount: (accountId) => set({ accountId }),
  selectPosition: (positionId, accountId) => set({ positionId, accountId }),
  selectNode: (nodeId) => set({ nodeId }),
}));
