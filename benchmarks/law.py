"""How many withdrawal procedures a second: sampled, and enumerated exactly.

Run: python benchmarks/law.py [N]. Prints the best and the median of five runs, and how far the sample is from
the exact distribution (largest difference of the two distribution functions).
"""

import statistics
import sys
import time

import numpy as np

from foedus import law

NOTICE = "2025-03-01"


def main(n=1_000_000):
    law.sample_withdrawals(1000, 0, notice=NOTICE)
    walls = []
    for seed in range(5):
        begin = time.perf_counter()
        days = law.sample_withdrawals(n, seed, notice=NOTICE)
        walls.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    dates, chances = law.effect_distribution("USA", NOTICE)
    exact = time.perf_counter() - begin
    start = np.datetime64(NOTICE)
    waits = np.array([(np.datetime64(date) - start).astype(int) for date in dates])
    gap = max(abs(np.mean(days <= wait) - share) for wait, share in zip(waits, np.cumsum(chances), strict=True))
    print(f"sampled {n:,} procedures with every branch open")
    print(f"best   {n / min(walls):,.0f} per second ({min(walls):.3f} s)")
    print(f"median {n / statistics.median(walls):,.0f} per second ({statistics.median(walls):.3f} s)")
    print(f"exact enumeration of {len(dates)} dates: {exact * 1000:.1f} ms")
    print(f"largest difference of the distribution functions: {gap:.5f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
