// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.19;

import {Morpho} from "@morpho-org/morpho-blue/src/Morpho.sol";
import {MarketParams, Id, Market} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MarketParamsLib} from "@morpho-org/morpho-blue/src/libraries/MarketParamsLib.sol";
import {EndlessCoin} from "./endless-coin.sol";

/// The contract as it is, with three doors for the judge: time may pass, accounts let him act, and health can be asked at any price.
contract OpenMorpho is Morpho {
    constructor() Morpho(msg.sender) {}

    function letPass(Id id, uint256 elapsed) external {
        market[id].lastUpdate -= uint128(elapsed);
    }

    function authorise(address account) external {
        isAuthorized[account][msg.sender] = true;
    }

    function isHealthyAt(MarketParams memory params, Id id, address account, uint256 price) external view returns (bool) {
        return _isHealthy(params, id, account, price);
    }
}

/// Opens a market of which it is the oracle and the rate model, takes steps in it, and tells what it saw after every step.
contract MarketJudge {
    using MarketParamsLib for MarketParams;

    struct Step {
        uint8 kind;
        uint160 who;
        uint256 amount;
        uint256 rate;
        uint256 probe;
    }

    struct Seen {
        string refusal;
        uint256 first;
        uint256 second;
        uint256[4] totals;
        uint256[3] position;
        uint256 feeShares;
        bool isHealthy;
        bool isHealthyAtProbe;
        bool isHealthyBelowProbe;
    }

    address private constant FEE_RECIPIENT = address(0xfee);

    OpenMorpho private morpho;
    uint256 public price;
    uint256 private rate;

    constructor() {
        morpho = new OpenMorpho();
        morpho.enableIrm(address(this));
        morpho.setFeeRecipient(FEE_RECIPIENT);
    }

    function borrowRate(MarketParams memory, Market memory) external view returns (uint256) {
        return rate;
    }

    function run(uint256 lltv, uint256 fee, uint256 startPrice, Step[] calldata steps) external returns (Seen[] memory seen) {
        MarketParams memory params =
            MarketParams(address(new EndlessCoin()), address(new EndlessCoin()), address(this), address(this), lltv);
        price = startPrice;
        morpho.enableLltv(lltv);
        morpho.createMarket(params);
        if (fee > 0) morpho.setFee(params, fee);
        seen = new Seen[](steps.length);
        for (uint256 i = 0; i < steps.length; i++) {
            try this.take(params, steps[i]) returns (uint256 first, uint256 second) {
                (seen[i].first, seen[i].second) = (first, second);
            } catch Error(string memory reason) {
                seen[i].refusal = reason;
            } catch Panic(uint256 code) {
                seen[i].refusal = code == 0x11 ? "overflow" : code == 0x12 ? "division by zero" : "panic";
            }
            look(params, steps[i], seen[i]);
        }
    }

    function take(MarketParams calldata params, Step calldata step) external returns (uint256, uint256) {
        address who = address(step.who);
        uint256 amount = step.amount;
        morpho.authorise(who);
        if (step.kind == 0) return morpho.supply(params, amount, 0, who, "");
        if (step.kind == 1) return morpho.supply(params, 0, amount, who, "");
        if (step.kind == 2) return morpho.withdraw(params, amount, 0, who, address(this));
        if (step.kind == 3) return morpho.withdraw(params, 0, amount, who, address(this));
        if (step.kind == 4) return morpho.borrow(params, amount, 0, who, address(this));
        if (step.kind == 5) return morpho.borrow(params, 0, amount, who, address(this));
        if (step.kind == 6) return morpho.repay(params, amount, 0, who, "");
        if (step.kind == 7) return morpho.repay(params, 0, amount, who, "");
        if (step.kind == 8) morpho.supplyCollateral(params, amount, who, "");
        if (step.kind == 9) morpho.withdrawCollateral(params, amount, who, address(this));
        if (step.kind == 10) return morpho.liquidate(params, who, amount, 0, "");
        if (step.kind == 11) return morpho.liquidate(params, who, 0, amount, "");
        if (step.kind == 12) price = amount;
        if (step.kind == 13) {
            rate = step.rate;
            morpho.letPass(params.id(), amount);
            morpho.accrueInterest(params);
        }
        return (0, 0);
    }

    function look(MarketParams memory params, Step calldata step, Seen memory seen) private view {
        Id id = params.id();
        address who = address(step.who);
        (seen.totals[0], seen.totals[1], seen.totals[2], seen.totals[3],,) = morpho.market(id);
        (seen.position[0], seen.position[1], seen.position[2]) = morpho.position(id, who);
        (seen.feeShares,,) = morpho.position(id, FEE_RECIPIENT);
        seen.isHealthy = morpho.isHealthyAt(params, id, who, price);
        seen.isHealthyAtProbe = morpho.isHealthyAt(params, id, who, step.probe);
        seen.isHealthyBelowProbe = step.probe == 0 ? seen.isHealthyAtProbe : morpho.isHealthyAt(params, id, who, step.probe - 1);
    }
}
