"""The scanning cascade of `test/oracle/scanning-cascade.ts`, vectorised with NumPy and SciPy: everybody is judged in every round.

Reads a file of doubles: borrowers, assets, rows of collateral, rows of debt, most rounds; then where the rows of each borrower begin, the columns
of the rows, the borrowers' rules, the prices after the shock, the depths, and the market each debt is bought back in (-1 = none).
Prints CPU milliseconds of one run (the least of several), rounds, how many fell, and the final prices.
"""

import sys
import time

import numpy as np
from scipy.sparse import csr_matrix


def read(path):
    values = np.fromfile(path)
    borrowers, assets, held, owed, most_rounds = (int(value) for value in values[:5])
    at = 5
    def take(count):
        nonlocal at
        at += count
        return values[at - count : at]
    return {
        "assets": assets,
        "most_rounds": most_rounds,
        "held_start": take(borrowers + 1).astype(np.int32),
        "held_asset": take(held).astype(np.int32),
        "held": take(held),
        "threshold": take(held),
        "bonus": take(held),
        "owed_start": take(borrowers + 1).astype(np.int32),
        "owed_asset": take(owed).astype(np.int32),
        "owed": take(owed),
        "close_factor": take(borrowers),
        "full_line": take(borrowers),
        "small": take(borrowers),
        "price": take(assets),
        "depth": take(assets),
        "target": take(assets).astype(np.int32),
    }


def rows_of(start, borrowers):
    """Places of the rows of some borrowers, and how many each has."""
    counts = start[borrowers + 1] - start[borrowers]
    ends = np.cumsum(counts)
    return np.arange(ends[-1]) + np.repeat(start[borrowers] - ends + counts, counts), counts


def cascade(case):
    assets = case["assets"]
    price, depth = case["price"].copy(), case["depth"].copy()
    size = (len(case["close_factor"]), assets)
    held = csr_matrix((case["held"].copy(), case["held_asset"], case["held_start"]), shape=size)
    weighted = csr_matrix((case["held"] * case["threshold"], case["held_asset"], case["held_start"]), shape=size)
    owed = csr_matrix((case["owed"].copy(), case["owed_asset"], case["owed_start"]), shape=size)
    fell = np.zeros(size[0], dtype=bool)
    rounds = 0
    while True:
        held_usd, weighted_usd, owed_usd = held @ price, weighted @ price, owed @ price
        fallen = np.flatnonzero((owed_usd > 1e-9) & (held_usd != 0) & (weighted_usd < owed_usd))
        if len(fallen) == 0 or rounds >= case["most_rounds"]:
            return rounds, int(fell.sum()), price
        rounds += 1
        fell[fallen] = True
        rows, counts = rows_of(case["held_start"], fallen)
        debt_rows, debt_counts = rows_of(case["owed_start"], fallen)
        asset, debt_asset = case["held_asset"][rows], case["owed_asset"][debt_rows]
        own, debt = held_usd[fallen], owed_usd[fallen]
        group = np.repeat(np.arange(len(fallen)), counts)
        bonus = np.bincount(group, held.data[rows] * price[asset] * case["bonus"][rows], len(fallen)) / own
        small = case["small"][fallen]
        full = (weighted_usd[fallen] / debt < case["full_line"][fallen]) | (own < small) | (debt < small)
        share = np.where(full, 1.0, case["close_factor"][fallen])
        takes_all = share * debt >= own / (1 + bonus)
        seized = np.where(takes_all, 1.0, share * debt * (1 + bonus) / own)
        paid = np.where(takes_all, own / (1 + bonus) / debt, share)
        taken = csr_matrix((held.data[rows] * seized[group], asset, np.concatenate([[0], np.cumsum(counts)])), shape=(len(fallen), assets))
        parts = csr_matrix(
            (
                owed.data[debt_rows] * price[debt_asset] / np.repeat(debt, debt_counts),
                np.where(case["target"][debt_asset] < 0, assets, case["target"][debt_asset]),
                np.concatenate([[0], np.cumsum(debt_counts)]),
            ),
            shape=(len(fallen), assets + 1),
        )
        sold = (taken.T @ parts).toarray()
        left = np.where(takes_all, 0.0, 1 - seized)[group]
        held.data[rows] *= left
        weighted.data[rows] *= left
        owed.data[debt_rows] *= np.repeat(np.maximum(0, 1 - paid), debt_counts)
        move(price, depth, sold)


def move(price, depth, sold):
    """Everything is sold at the average price of its market, and what is owed in a coin is bought back with the proceeds."""
    assets = len(price)
    np.fill_diagonal(sold[:, :assets], 0)
    total = sold.sum(axis=1)
    deep = depth > 0
    kept = np.where(deep, depth / (depth + total), 0)
    net = np.where(deep, total, 0) - (sold[:, :assets] * (kept * price)[:, None]).sum(axis=0) / price
    moves = deep & (net != 0)
    quantity = np.maximum(net, -0.9 * depth)[moves]
    price[moves] *= (depth[moves] / (depth[moves] + quantity)) ** 2
    depth[moves] += quantity


case = read(sys.argv[1])
least = np.inf
for _ in range(int(sys.argv[2])):
    started = time.process_time()
    rounds, fell, price = cascade(case)
    least = min(least, time.process_time() - started)
print(least * 1000, rounds, fell, *price.tolist(), sep="\n")
