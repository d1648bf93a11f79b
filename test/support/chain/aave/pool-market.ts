import { readFileSync } from 'node:fs';
import { encodeFunctionData, type Address } from 'viem';
import type { PoolRevision } from '../../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { compileSolidity, type CompileRequest } from '../compile.ts';
import { deploy, deployable, send, type Deployable, type Deployed } from '../deploy.ts';
import type { ChainNode } from '../node.ts';
import { POOL_ASSETS, POOL_MODE, poolAsset } from './pool-assets.ts';

/** A pool with its reserves listed and the desk that acts in it. */
export type PoolMarket = {
  readonly node: ChainNode;
  readonly desk: Deployed;
  readonly configurator: Deployed;
  readonly assets: readonly Address[];
};

/** A revision of the contracts: how its pool is deployed, and the engine's parameters that are to match it. */
export type PoolRelease = {
  readonly name: string;
  readonly revision: PoolRevision;
  /** The contract's words for a liquidation that is refused, by our status. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly deployPool: (node: ChainNode, market: ListedAssets) => Promise<{ readonly pool: Deployed; readonly configurator: Deployed }>;
  /** Lets the efficiency mode take an asset. */
  readonly enterMode: (node: ChainNode, configurator: Deployed, asset: Address) => Promise<void>;
};

/** What a pool is deployed for. */
export type ListedAssets = { readonly desk: Deployed; readonly assets: readonly Address[]; readonly treasury: Address };

/** Where the protocol's fees go; nobody holds its key. */
const TREASURY: Address = '0x00000000000000000000000000000000000fee5a';

const DESK: CompileRequest = {
  compiler: 'solc',
  files: [],
  texts: { 'LendingDesk.sol': readFileSync(new URL('./LendingDesk.sol', import.meta.url), 'utf8') },
  evmVersion: 'cancun',
  optimizerRuns: 200,
};

/** Deploys assets, desk and pool, and lists the reserves. */
export async function openMarket(node: ChainNode, release: PoolRelease): Promise<PoolMarket> {
  const own = await compileSolidity(DESK);
  const desk = await deploy(node, deployable(own, 'LendingDesk'));
  const assets: Address[] = [];
  for (const { decimals } of POOL_ASSETS) assets.push((await deploy(node, deployable(own, 'FreeToken'), { args: [decimals] })).address);
  await call(node, desk, 'useAssets', [assets]);
  await call(node, desk, 'setPrices', [POOL_ASSETS.map((asset) => asset.priceBase)]);
  const { pool, configurator } = await release.deployPool(node, { desk, assets, treasury: TREASURY });
  await call(node, desk, 'start', [pool.address, TREASURY, release.revision.writesOffBadDebt]);
  for (const [k, address] of assets.entries()) {
    const asset = poolAsset(k);
    const set = (name: string, ...args: unknown[]): Promise<void> => call(node, configurator, name, [address, ...args]);
    // First, while it counts for nothing: afterwards the configurator asks whether it has suppliers.
    if (asset.isIsolated) await set('setDebtCeiling', 100_000_000_000n);
    await set('configureReserveAsCollateral', asset.loanToValueBps, asset.thresholdBps, asset.bonusBps);
    await set('setReserveBorrowing', true);
    await set('setReserveFactor', 1_000n);
    await set('setLiquidationProtocolFee', asset.protocolFeeBps);
    if (asset.isInMode) await release.enterMode(node, configurator, address);
    if (asset.isBorrowableInIsolation) await set('setBorrowableInIsolation', true);
  }
  return { node, desk, configurator, assets };
}

/** Provider, access lists, pool and configurator behind their proxies, as every revision has them. */
export async function deployAdministration(
  node: ChainNode,
  code: (name: string) => Deployable,
  poolParts: (provider: Deployed) => Promise<{ readonly pool: Deployed; readonly configurator: Deployed; readonly oracle: Address }>,
): Promise<{ readonly provider: Deployed; readonly pool: Deployed; readonly configurator: Deployed }> {
  const provider = await deploy(node, code('PoolAddressesProvider'), { args: ['test', node.account] });
  await call(node, provider, 'setACLAdmin', [node.account]);
  const access = await deploy(node, code('ACLManager'), { args: [provider.address] });
  await call(node, provider, 'setACLManager', [access.address]);
  await call(node, access, 'addPoolAdmin', [node.account]);
  const parts = await poolParts(provider);
  await call(node, provider, 'setPriceOracle', [parts.oracle]);
  await call(node, provider, 'setPoolImpl', [parts.pool.address]);
  await call(node, provider, 'setPoolConfiguratorImpl', [parts.configurator.address]);
  const proxy = async (name: string, { abi }: Deployed): Promise<Deployed> => ({
    abi,
    address: (await node.client.readContract({ ...provider, functionName: name })) as Address,
  });
  return { provider, pool: await proxy('getPool', parts.pool), configurator: await proxy('getPoolConfigurator', parts.configurator) };
}

/** Sends one call from the owner of the test market. */
export async function call(node: ChainNode, { address, abi }: Deployed, functionName: string, args: readonly unknown[]): Promise<void> {
  await send(node, { to: address, data: encodeFunctionData({ abi, functionName, args }) });
}

/** Deploys libraries in order; later ones may be linked to earlier ones. */
export async function deployLibraries(
  node: ChainNode,
  code: (name: string) => Deployable,
  names: readonly string[],
): Promise<Record<string, Address>> {
  const libraries: Record<string, Address> = {};
  for (const name of names) libraries[name] = (await deploy(node, code(name), { libraries })).address;
  return libraries;
}

/** First arguments of the configurator's call that sets the efficiency mode. */
export const MODE_ARGUMENTS = [POOL_MODE.id, POOL_MODE.loanToValueBps, POOL_MODE.thresholdBps, POOL_MODE.bonusBps] as const;
