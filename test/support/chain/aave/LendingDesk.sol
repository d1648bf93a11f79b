// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// The parts of a lending pool that the desk uses; the same in every revision.
interface ILendingPool {
  struct Reserve {
    uint256 configuration;
    uint128 supplyIndex;
    uint128 supplyRate;
    uint128 debtIndex;
    uint128 debtRate;
    uint128 unused;
    uint40 updatedAt;
    uint16 id;
    address supplyToken;
    address stableDebtToken;
    address debtToken;
    address strategy;
    uint128 accruedToTreasury;
    uint128 unbacked;
    uint128 isolatedDebt;
  }
  struct Account {
    uint256 collateralBase;
    uint256 debtBase;
    uint256 availableBase;
    uint256 thresholdBps;
    uint256 loanToValueBps;
    uint256 healthFactor;
  }
  function supply(address asset, uint256 amount, address owner, uint16 code) external;
  function withdraw(address asset, uint256 amount, address to) external returns (uint256);
  function borrow(address asset, uint256 amount, uint256 mode, uint16 code, address owner) external;
  function repay(address asset, uint256 amount, uint256 mode, address owner) external returns (uint256);
  function setUserEMode(uint8 category) external;
  function setUserUseReserveAsCollateral(address asset, bool use) external;
  function liquidationCall(address collateral, address debt, address user, uint256 cover, bool asShares) external;
  function getUserAccountData(address user) external view returns (Account memory);
  function getUserConfiguration(address user) external view returns (uint256);
  function getReserveData(address asset) external view returns (Reserve memory);
  function getReserveDeficit(address asset) external view returns (uint256);
}

interface IShares {
  function scaledBalanceOf(address user) external view returns (uint256);
  function balanceOf(address user) external view returns (uint256);
}

/// An asset that anyone may mint.
contract FreeToken {
  string public name = 'free';
  string public symbol = 'FREE';
  uint8 public immutable decimals;
  uint256 public totalSupply;
  mapping(address => uint256) public balanceOf;
  mapping(address => mapping(address => uint256)) public allowance;

  constructor(uint8 places) {
    decimals = places;
  }

  function mint(address to, uint256 amount) external {
    totalSupply += amount;
    balanceOf[to] += amount;
  }

  function approve(address spender, uint256 amount) external returns (bool) {
    allowance[msg.sender][spender] = amount;
    return true;
  }

  function transfer(address to, uint256 amount) external returns (bool) {
    balanceOf[msg.sender] -= amount;
    balanceOf[to] += amount;
    return true;
  }

  function transferFrom(address from, address to, uint256 amount) external returns (bool) {
    allowance[from][msg.sender] -= amount;
    balanceOf[from] -= amount;
    balanceOf[to] += amount;
    return true;
  }
}

/// An account of the pool that does what the desk says.
contract Actor {
  address private immutable desk = msg.sender;

  function run(address target, bytes calldata data) external returns (bool isDone) {
    require(msg.sender == desk);
    (isDone, ) = target.call(data);
  }
}

/// Opens accounts, moves prices (it is the pool's oracle) and asks the pool what it makes of them. What would change the pool is undone.
contract LendingDesk {
  enum Deed {
    Supply,
    Borrow,
    BorrowShare,
    Mode,
    Collateral
  }
  struct Step {
    uint256 actor;
    Deed deed;
    uint256 asset;
    uint256 amount;
  }
  /// Balances of one reserve as the pool stores and as it reports them.
  struct Line {
    uint256 scaledSupply;
    uint256 scaledDebt;
    uint256 supply;
    uint256 debt;
    bool isCollateral;
  }
  struct State {
    ILendingPool.Account account;
    Line[] lines;
  }
  struct Order {
    uint256 actor;
    uint256[] prices;
    uint256 collateral;
    uint256 debt;
    uint256 cover;
  }
  struct Outcome {
    bytes refusal;
    int256[] gained;
    uint256 treasuryShares;
    uint256[] deficits;
    State state;
  }
  error Answer(bytes data);

  ILendingPool public pool;
  address public treasury;
  bool public hasDeficit;
  address[] public assets;
  Actor[] public actors;
  mapping(address => uint256) public getAssetPrice;

  function useAssets(address[] calldata list) external {
    assets = list;
  }

  function start(ILendingPool pool_, address treasury_, bool hasDeficit_) external {
    (pool, treasury, hasDeficit) = (pool_, treasury_, hasDeficit_);
    for (uint256 i = 0; i < assets.length; i++) FreeToken(assets[i]).approve(address(pool), type(uint256).max);
  }

  function setPrices(uint256[] memory prices) public {
    for (uint256 i = 0; i < prices.length; i++) getAssetPrice[assets[i]] = prices[i];
  }

  function open(uint256 count) external {
    for (uint256 k = 0; k < count; k++) {
      Actor actor = new Actor();
      for (uint256 i = 0; i < assets.length; i++) {
        actor.run(assets[i], abi.encodeCall(FreeToken.approve, (address(pool), type(uint256).max)));
      }
      actors.push(actor);
    }
  }

  /// Steps in order; one that the pool refuses is left out.
  function act(Step[] calldata steps) external {
    for (uint256 k = 0; k < steps.length; k++) _act(steps[k]);
  }

  function _act(Step calldata step) private returns (bool) {
    Actor actor = actors[step.actor];
    address asset = assets[step.asset];
    uint256 amount = step.amount;
    bytes memory data;
    if (step.deed == Deed.Supply) {
      FreeToken(asset).mint(address(actor), amount);
      data = abi.encodeCall(ILendingPool.supply, (asset, amount, address(actor), 0));
    } else if (step.deed == Deed.Mode) {
      data = abi.encodeCall(ILendingPool.setUserEMode, (uint8(amount)));
    } else if (step.deed == Deed.Collateral) {
      data = abi.encodeCall(ILendingPool.setUserUseReserveAsCollateral, (asset, amount != 0));
    } else {
      if (step.deed == Deed.BorrowShare) {
        uint256 base = (pool.getUserAccountData(address(actor)).availableBase * amount) / 1e4;
        amount = (base * 10 ** FreeToken(asset).decimals()) / getAssetPrice[asset];
      }
      data = abi.encodeCall(ILendingPool.borrow, (asset, amount, 2, 0, address(actor)));
    }
    return actor.run(address(pool), data);
  }

  function reserves() external view returns (ILendingPool.Reserve[] memory list, uint256 time) {
    list = new ILendingPool.Reserve[](assets.length);
    for (uint256 i = 0; i < assets.length; i++) list[i] = pool.getReserveData(assets[i]);
    time = block.timestamp;
  }

  /// The account at each row of prices.
  function states(uint256 actor, uint256[][] calldata prices) external returns (State[] memory list) {
    list = new State[](prices.length);
    for (uint256 k = 0; k < prices.length; k++) {
      setPrices(prices[k]);
      list[k] = _state(address(actors[actor]));
    }
  }

  function _state(address user) private view returns (State memory state) {
    state.account = pool.getUserAccountData(user);
    state.lines = new Line[](assets.length);
    uint256 flags = pool.getUserConfiguration(user);
    for (uint256 i = 0; i < assets.length; i++) {
      ILendingPool.Reserve memory reserve = pool.getReserveData(assets[i]);
      state.lines[i] = Line(
        IShares(reserve.supplyToken).scaledBalanceOf(user),
        IShares(reserve.debtToken).scaledBalanceOf(user),
        IShares(reserve.supplyToken).balanceOf(user),
        IShares(reserve.debtToken).balanceOf(user),
        (flags >> (2 * reserve.id + 1)) & 1 == 1
      );
    }
  }

  /// What each liquidation would do to the pool as it is now.
  function liquidations(Order[] calldata orders) external returns (Outcome[] memory list) {
    list = new Outcome[](orders.length);
    for (uint256 k = 0; k < orders.length; k++) {
      try this.liquidate(orders[k]) {} catch (bytes memory answer) {
        list[k] = abi.decode(_unwrap(answer), (Outcome));
      }
    }
  }

  function liquidate(Order calldata order) external {
    setPrices(order.prices);
    address user = address(actors[order.actor]);
    IShares shares = IShares(pool.getReserveData(assets[order.collateral]).supplyToken);
    Outcome memory outcome;
    outcome.gained = new int256[](assets.length);
    for (uint256 i = 0; i < assets.length; i++) {
      FreeToken(assets[i]).mint(address(this), 1e36);
      outcome.gained[i] = -int256(FreeToken(assets[i]).balanceOf(address(this)));
    }
    uint256 treasuryBefore = shares.scaledBalanceOf(treasury);
    try pool.liquidationCall(assets[order.collateral], assets[order.debt], user, order.cover, false) {} catch (bytes memory why) {
      outcome.refusal = why.length == 0 ? bytes('?') : why;
    }
    outcome.treasuryShares = shares.scaledBalanceOf(treasury) - treasuryBefore;
    outcome.deficits = new uint256[](assets.length);
    for (uint256 i = 0; i < assets.length; i++) {
      outcome.gained[i] += int256(FreeToken(assets[i]).balanceOf(address(this)));
      if (hasDeficit) outcome.deficits[i] = pool.getReserveDeficit(assets[i]);
    }
    outcome.state = _state(user);
    revert Answer(abi.encode(outcome));
  }

  /// Scaled balances that a deposit, a withdrawal, a loan and a repayment of the same amount leave, one after the other.
  function shareSteps(uint256 actor, uint256 asset, uint256 amount) external returns (uint256[4] memory left) {
    ILendingPool.Reserve memory reserve = pool.getReserveData(assets[asset]);
    address user = address(actors[actor]);
    Actor who = actors[actor];
    FreeToken(assets[asset]).mint(user, 10 * amount);
    require(who.run(address(pool), abi.encodeCall(ILendingPool.supply, (assets[asset], 2 * amount, user, 0))));
    left[0] = IShares(reserve.supplyToken).scaledBalanceOf(user);
    require(who.run(address(pool), abi.encodeCall(ILendingPool.withdraw, (assets[asset], amount, user))));
    left[1] = IShares(reserve.supplyToken).scaledBalanceOf(user);
    require(who.run(address(pool), abi.encodeCall(ILendingPool.borrow, (assets[asset], amount, 2, 0, user))));
    left[2] = IShares(reserve.debtToken).scaledBalanceOf(user);
    require(who.run(address(pool), abi.encodeCall(ILendingPool.repay, (assets[asset], amount / 2, 2, user))));
    left[3] = IShares(reserve.debtToken).scaledBalanceOf(user);
  }

  function _unwrap(bytes memory answer) private pure returns (bytes memory data) {
    require(bytes4(answer) == Answer.selector, string(answer));
    assembly {
      mstore(add(answer, 4), sub(mload(answer), 4))
      data := add(answer, 4)
    }
    data = abi.decode(data, (bytes));
  }
}
