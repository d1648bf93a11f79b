// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {EndlessCoin} from "./endless-coin.sol";

interface PoolFactory {
    function enableFeeAmount(uint24 fee, int24 spacing) external;
    function createPool(address one, address other, uint24 fee) external returns (address);
}

interface Pool {
    function initialize(uint160 sqrtPrice) external;
    function mint(address owner, int24 lower, int24 upper, uint128 amount, bytes calldata data) external returns (uint256, uint256);
    function swap(address to, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data) external returns (int256, int256);
    function slot0() external view returns (uint160, int24, uint16, uint16, uint16, uint8, bool);
    function liquidity() external view returns (uint128);
    function feeGrowthGlobal0X128() external view returns (uint256);
    function feeGrowthGlobal1X128() external view returns (uint256);
}

/// Opens a pool, fills it, swaps in it, and tells what it saw after every swap. Each run is one call that leaves nothing behind.
contract SwapJudge {
    struct Range {
        int24 lower;
        int24 upper;
        uint128 liquidity;
    }

    struct Order {
        bool zeroForOne;
        int256 amount;
        uint160 limit;
    }

    struct Seen {
        string refusal;
        int256 amount0;
        int256 amount1;
        uint160 sqrtPrice;
        int24 tick;
        uint128 liquidity;
        uint256 feeGrowth0;
        uint256 feeGrowth1;
    }

    PoolFactory private factory;
    EndlessCoin private coin0;
    EndlessCoin private coin1;

    constructor(bytes memory factoryCode) {
        address made;
        assembly {
            made := create(0, add(factoryCode, 0x20), mload(factoryCode))
        }
        factory = PoolFactory(made);
        factory.enableFeeAmount(100, 1);
        EndlessCoin one = new EndlessCoin();
        EndlessCoin other = new EndlessCoin();
        (coin0, coin1) = address(one) < address(other) ? (one, other) : (other, one);
    }

    function run(uint24 fee, uint160 sqrtPrice, Range[] calldata ranges, Order[] calldata orders) external returns (Seen[] memory seen) {
        Pool pool = Pool(factory.createPool(address(coin0), address(coin1), fee));
        pool.initialize(sqrtPrice);
        for (uint256 i = 0; i < ranges.length; i++) {
            pool.mint(address(this), ranges[i].lower, ranges[i].upper, ranges[i].liquidity, "");
        }
        seen = new Seen[](orders.length);
        for (uint256 i = 0; i < orders.length; i++) {
            Order calldata order = orders[i];
            try pool.swap(address(this), order.zeroForOne, order.amount, order.limit, "") returns (int256 amount0, int256 amount1) {
                (seen[i].amount0, seen[i].amount1) = (amount0, amount1);
            } catch Error(string memory reason) {
                seen[i].refusal = reason;
            }
            (seen[i].sqrtPrice, seen[i].tick, , , , , ) = pool.slot0();
            seen[i].liquidity = pool.liquidity();
            seen[i].feeGrowth0 = pool.feeGrowthGlobal0X128();
            seen[i].feeGrowth1 = pool.feeGrowthGlobal1X128();
        }
    }

    function uniswapV3MintCallback(uint256 amount0, uint256 amount1, bytes calldata) external {
        coin0.give(msg.sender, amount0);
        coin1.give(msg.sender, amount1);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata) external {
        if (amount0 > 0) coin0.give(msg.sender, uint256(amount0));
        if (amount1 > 0) coin1.give(msg.sender, uint256(amount1));
    }
}
