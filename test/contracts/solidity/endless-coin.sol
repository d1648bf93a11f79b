// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

/// A coin of which everybody has as much as is asked for, since only the arithmetic of those who take it is judged.
contract EndlessCoin {
    mapping(address => uint256) public balanceOf;

    function give(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[to] += amount;
        return true;
    }

    function transferFrom(address, address to, uint256 amount) external returns (bool) {
        balanceOf[to] += amount;
        return true;
    }
}
