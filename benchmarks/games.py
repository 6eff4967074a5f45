"""Speed of the game solvers: ``python benchmarks/games.py [reference/games]``. Prints medians, in one process.

CPU seconds are given beside wall time, because they say more on a machine with other work. Where pygambit is installed, its
logit branch is timed in the same run.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from foedus.calibrate.strategic import programs
from foedus.model.games import efg, extensive
from foedus.model.games.batch import compiled_response, solve_all
from foedus.model.games.equilibria import all_equilibria

try:
    import pygambit
except ImportError:
    pygambit = None

RECORDED_VECTORS_PER_SECOND = 1000 / 5.021
RECORDED_NPL_SECONDS = 8.843


def median_seconds(work, repeats=5, clock=time.perf_counter):
    work()
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def equilibria(count=200_000):
    rng = np.random.default_rng(0)
    games = rng.uniform(-2, 2, (7, count))
    games[3:] = rng.uniform(-4, 4, (4, count))
    ways = {
        "searched one by one, compiled": lambda: all_equilibria(games, respond=compiled_response),
        "screened in NumPy, one thread": lambda: solve_all(games, workers=1),
        "screened, compiled, one thread": lambda: solve_all(games, workers=1, engine=programs.engine()),
        "screened, compiled, all threads": lambda: solve_all(games, engine=programs.engine()),
    }
    for name, work in ways.items():
        wall, cpu = (count / median_seconds(work, 3, clock) for clock in (time.perf_counter, time.process_time))
        print(
            f"all equilibria, {name}: {wall:,.0f} games/s, {cpu:,.0f} per CPU second, "
            f"{wall / RECORDED_VECTORS_PER_SECOND:,.0f} times sigInt's record"
        )


def nested(folder):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.games.conftest import SANCTIONS

    from foedus.calibrate.strategic import crisis, crisis_fit
    from foedus.calibrate.strategic.formula import design, read_table

    frame = read_table(folder / "sigint" / "sanctions_dyad_decade.csv")
    columns = ["sq_count", "cd_count", "sf_count", "bd_count"]
    data = crisis.Crises(frame[columns].to_numpy(float).T, design(frame, SANCTIONS, crisis.PAYOFFS, columns))
    stage = [frame[c].to_numpy() for c in ("pr_resist_first_stage", "pf_stand_firm_first_stage")]
    wall, cpu = (
        median_seconds(lambda: crisis_fit.npl(data, *stage), 5, clock)
        for clock in (time.perf_counter, time.process_time)
    )
    print(
        f"nested pseudo-likelihood: {wall:.3f} s, {cpu:.3f} CPU seconds; sigInt's record over these: "
        f"{RECORDED_NPL_SECONDS / wall:.0f} and {RECORDED_NPL_SECONDS / cpu:.0f}"
    )


def logit(folder):
    lambdas = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    record = {}
    for line in (folder / "timings.csv").read_text().splitlines():
        if ": logit_at_9_lambdas" in line:
            record[line.split(",")[2].split(":")[0]] = float(line.split(",")[5])
    rows = {}
    for file in sorted((folder / "extensive_form").glob("*.efg")):
        game = extensive.compile_game(efg.parse(file.read_text()))
        seconds = median_seconds(lambda game=game: extensive.principal_branch(game, lambdas))
        rows[file.stem] = f"{seconds * 1e3:.1f} ms against {record[file.stem] * 1e3:.1f} ms in the record"
        if pygambit is not None:
            theirs = pygambit.read_efg(str(file))
            beside = median_seconds(
                lambda theirs=theirs: pygambit.qre.logit_solve_lambda(game=theirs, lam=lambdas)
            )
            rows[file.stem] += f", {beside * 1e3:.1f} ms beside"
    print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    equilibria()
    if len(sys.argv) > 1:
        nested(Path(sys.argv[1]))
        logit(Path(sys.argv[1]))
