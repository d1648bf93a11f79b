import { encodeDeployData, type Abi, type Address, type Hex, type TransactionReceipt } from 'viem';
import type { CompiledContract, CompiledContracts } from './compile.ts';
import type { ChainNode } from './node.ts';

/** Gas of one transaction here; the node's blocks hold more. */
const GAS = 1_000_000_000n;

/** A deployed contract as viem takes it. */
export type Deployed = { readonly address: Address; readonly abi: Abi };

/** What is deployed: interface, code and the places of library addresses in it, as compilers and published artifacts give them. */
export type Deployable = {
  readonly abi: Abi;
  /** Hex, with or without the prefix. */
  readonly bytecode: string;
  readonly linkReferences: CompiledContract['evm']['bytecode']['linkReferences'];
};

/** Deploys with the addresses of its libraries by name filled in. */
export async function deploy(
  node: ChainNode,
  contract: Deployable,
  { args = [], libraries = {} }: { readonly args?: readonly unknown[]; readonly libraries?: Readonly<Record<string, Address>> } = {},
): Promise<Deployed> {
  const bytecode = link(contract, libraries);
  const receipt = await send(node, { data: encodeDeployData({ abi: contract.abi, bytecode, args }) });
  if (receipt.contractAddress === null || receipt.contractAddress === undefined) throw new Error('nothing was deployed');
  return { address: receipt.contractAddress, abi: contract.abi };
}

/** A compiled contract by its name, ready for `deploy`. */
export function deployable(contracts: CompiledContracts, name: string): Deployable {
  const contract = contracts.get(name);
  if (contract === undefined) throw new Error(`no contract named ${name} was compiled`);
  const { object, linkReferences } = contract.evm.bytecode;
  return { abi: contract.abi, bytecode: object, linkReferences };
}

/** Sends from the unlocked account and waits for the block; a refused transaction is an error. */
export async function send(node: ChainNode, request: { readonly to?: Address; readonly data: Hex }): Promise<TransactionReceipt> {
  const hash = await node.client.sendTransaction({ ...request, gas: GAS, gasPrice: 0n });
  const receipt = await node.client.waitForTransactionReceipt({ hash });
  if (receipt.status === 'success') return receipt;
  const why = await node.client.call({ ...request, account: node.account }).then(() => 'unknown', String);
  throw new Error(`the transaction to ${request.to ?? 'a new contract'} was reverted: ${why}`);
}

function link(contract: Deployable, libraries: Readonly<Record<string, Address>>): Hex {
  let code = contract.bytecode.replace(/^0x/, '');
  for (const references of Object.values(contract.linkReferences)) {
    for (const [name, places] of Object.entries(references)) {
      const address = libraries[name];
      if (address === undefined) throw new Error(`library ${name} is not deployed`);
      for (const { start, length } of places) {
        code = code.slice(0, start * 2) + address.slice(2).toLowerCase() + code.slice((start + length) * 2);
      }
    }
  }
  return `0x${code}`;
}
