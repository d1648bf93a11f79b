import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { zeroAddress } from 'viem';
import { POOL_REVISIONS } from '../../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { deploy, type Deployable } from '../deploy.ts';
import { POOL_ASSETS } from './pool-assets.ts';
import { call, deployAdministration, deployLibraries, MODE_ARGUMENTS, type PoolRelease } from './pool-market.ts';

const published = fileURLToPath(new URL('../../../../node_modules/@aave/core-v3/artifacts/contracts/', import.meta.url));
const FOLDERS: Readonly<Record<string, string>> = {
  AaveProtocolDataProvider: 'misc',
  PoolAddressesProvider: 'protocol/configuration',
  ACLManager: 'protocol/configuration',
  Pool: 'protocol/pool',
  PoolConfigurator: 'protocol/pool',
  DefaultReserveInterestRateStrategy: 'protocol/pool',
  AToken: 'protocol/tokenization',
  StableDebtToken: 'protocol/tokenization',
  VariableDebtToken: 'protocol/tokenization',
};
const LIBRARIES = [
  'BorrowLogic',
  'BridgeLogic',
  'ConfiguratorLogic',
  'EModeLogic',
  'FlashLoanLogic',
  'LiquidationLogic',
  'PoolLogic',
  'SupplyLogic',
];
/** One basis point in ray. */
const BPS_RAY = 10n ** 23n;

function artifact(name: string): Deployable {
  return JSON.parse(
    readFileSync(`${published}${FOLDERS[name] ?? 'protocol/libraries/logic'}/${name}.sol/${name}.json`, 'utf8'),
  ) as Deployable;
}

/** Aave v3.0 as published in @aave/core-v3 1.19.3: its own bytecode. */
export const RELEASE_3_0: PoolRelease = {
  name: 'Aave v3.0',
  revision: POOL_REVISIONS['3.0'],
  refusals: { healthy: '45', notCollateral: '46', notBorrowed: '47', burnsNothing: '25' },
  async deployPool(node, { desk, assets, treasury }) {
    const libraries = await deployLibraries(node, artifact, LIBRARIES);
    const { provider, pool, configurator } = await deployAdministration(node, artifact, async (of) => ({
      pool: await deploy(node, artifact('Pool'), { args: [of.address], libraries }),
      configurator: await deploy(node, artifact('PoolConfigurator'), { libraries }),
      oracle: desk.address,
    }));
    const reader = await deploy(node, artifact('AaveProtocolDataProvider'), { args: [provider.address] });
    await call(node, provider, 'setPoolDataProvider', [reader.address]);
    const token = async (name: string) => (await deploy(node, artifact(name), { args: [pool.address] })).address;
    const [aTokenImpl, stableDebtTokenImpl, variableDebtTokenImpl] = [
      await token('AToken'),
      await token('StableDebtToken'),
      await token('VariableDebtToken'),
    ];
    const inputs = [];
    for (const [k, asset] of POOL_ASSETS.entries()) {
      const [base, below, above] = asset.ratesBps.map((bps) => BigInt(bps) * BPS_RAY);
      const args = [provider.address, 8_000n * BPS_RAY, base, below, above, 0n, 0n, 0n, 0n, 0n];
      const strategy = await deploy(node, artifact('DefaultReserveInterestRateStrategy'), { args });
      inputs.push({
        aTokenImpl,
        stableDebtTokenImpl,
        variableDebtTokenImpl,
        underlyingAssetDecimals: asset.decimals,
        interestRateStrategyAddress: strategy.address,
        underlyingAsset: assets[k],
        treasury,
        incentivesController: zeroAddress,
        aTokenName: asset.name,
        aTokenSymbol: asset.name,
        variableDebtTokenName: asset.name,
        variableDebtTokenSymbol: asset.name,
        stableDebtTokenName: asset.name,
        stableDebtTokenSymbol: asset.name,
        params: '0x',
      });
    }
    await call(node, configurator, 'initReserves', [inputs]);
    await call(node, configurator, 'setEModeCategory', [...MODE_ARGUMENTS, zeroAddress, 'mode']);
    return { pool, configurator };
  },
  async enterMode(node, configurator, asset) {
    await call(node, configurator, 'setAssetEModeCategory', [asset, MODE_ARGUMENTS[0]]);
  },
};
