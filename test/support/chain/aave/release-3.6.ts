import { encodeAbiParameters, parseAbiParameters, zeroAddress } from 'viem';
import { POOL_REVISIONS } from '../../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { compileSolidity, type CompileRequest } from '../compile.ts';
import { deploy, deployable, type Deployable } from '../deploy.ts';
import { POOL_ASSETS } from './pool-assets.ts';
import { call, deployAdministration, deployLibraries, MODE_ARGUMENTS, type PoolRelease } from './pool-market.ts';

const ENTRIES = [
  'instances/PoolInstance.sol',
  'instances/PoolConfiguratorInstance.sol',
  'instances/ATokenInstance.sol',
  'instances/VariableDebtTokenInstance.sol',
  'misc/DefaultReserveInterestRateStrategyV2.sol',
  'protocol/configuration/PoolAddressesProvider.sol',
  'protocol/configuration/ACLManager.sol',
];

/** The sources that the pool is compiled from, with the settings of its own build. */
export const POOL_3_6_SOURCES: CompileRequest = {
  compiler: 'solc',
  files: ENTRIES.map((entry) => `@aave-dao/aave-v3-origin/src/contracts/${entry}`),
  remappings: ['openzeppelin-contracts/=@openzeppelin/'],
  evmVersion: 'cancun',
  optimizerRuns: 200,
};
const LIBRARIES = ['BorrowLogic', 'ConfiguratorLogic', 'FlashLoanLogic', 'LiquidationLogic', 'PoolLogic', 'SupplyLogic'];
const RATES = parseAbiParameters('(uint16 optimal, uint32 base, uint32 below, uint32 above)');

/** Aave v3.6, compiled from @aave-dao/aave-v3-origin 3.6.0. */
export const RELEASE_3_6: PoolRelease = {
  name: 'Aave v3.6',
  revision: POOL_REVISIONS['3.6'],
  refusals: {
    healthy: 'HealthFactorNotBelowThreshold',
    notCollateral: 'CollateralCannotBeLiquidated',
    notBorrowed: 'SpecifiedCurrencyNotBorrowedByUser',
    leavesDust: 'MustNotLeaveDust',
    burnsNothing: 'InvalidBurnAmount',
  },
  async deployPool(node, { desk, assets, treasury }) {
    const compiled = await compileSolidity(POOL_3_6_SOURCES);
    const code = (name: string): Deployable => deployable(compiled, name);
    const libraries = await deployLibraries(node, code, LIBRARIES);
    const { pool, configurator } = await deployAdministration(node, code, async (provider) => {
      const rates = await deploy(node, code('DefaultReserveInterestRateStrategyV2'), { args: [provider.address] });
      return {
        pool: await deploy(node, code('PoolInstance'), { args: [provider.address, rates.address], libraries }),
        configurator: await deploy(node, code('PoolConfiguratorInstance'), { libraries }),
        oracle: desk.address,
      };
    });
    const supplyToken = await deploy(node, code('ATokenInstance'), { args: [pool.address, zeroAddress, treasury] });
    const debtToken = await deploy(node, code('VariableDebtTokenInstance'), { args: [pool.address, zeroAddress] });
    const inputs = POOL_ASSETS.map((asset, k) => ({
      aTokenImpl: supplyToken.address,
      variableDebtTokenImpl: debtToken.address,
      underlyingAsset: assets[k],
      aTokenName: asset.name,
      aTokenSymbol: asset.name,
      variableDebtTokenName: asset.name,
      variableDebtTokenSymbol: asset.name,
      params: '0x',
      interestRateData: encodeAbiParameters(RATES, [
        { optimal: 8_000, base: asset.ratesBps[0], below: asset.ratesBps[1], above: asset.ratesBps[2] },
      ]),
    }));
    await call(node, configurator, 'initReserves', [inputs]);
    await call(node, configurator, 'setEModeCategory', [...MODE_ARGUMENTS, 'mode']);
    return { pool, configurator };
  },
  async enterMode(node, configurator, asset) {
    await call(node, configurator, 'setAssetCollateralInEMode', [asset, MODE_ARGUMENTS[0], true]);
    await call(node, configurator, 'setAssetBorrowableInEMode', [asset, MODE_ARGUMENTS[0], true]);
  },
};
