"""The answer in three sentences, made from the numbers of the run and nothing else."""

from __future__ import annotations

import numpy as np

from foedus.report import places, tidy
from foedus.report.measures import CHALLENGE, LOSS
from foedus.report.numbers import Interval, chance, of_draws, points, significant, year_span
from foedus.report.quantiles import Floats, interval
from foedus.report.view import RunView, horizon, is_four_worlds, names, reference, start_words, titles

HOLLOW, EXIT = "treaty-hollow", "exit-believed"
TIE = 1e-9


def three_sentences(run: RunView) -> list[str]:
    """Level, comparison and price, each with its 5-95% interval.

    Works for the four worlds, for any other set of scenarios and for a single one. The second sentence says which
    way the order goes, whichever it is.
    """
    if is_four_worlds(run):
        return [_levels_of_worlds(run), _order_of_worlds(run), _price(run, HOLLOW)]
    compared = reference(run)
    if compared is None:
        return [_level(run, names(run)[0]), _most_exposed(run, names(run)[0]), _price(run, names(run)[0])]
    strongest = _strongest(run, compared)
    return [
        _level(run, strongest, against=compared),
        _difference(run, strongest, compared),
        _price(run, strongest),
    ]


def headline(run: RunView) -> str:
    """Return a short title for the main chart that says which way the order goes."""
    if not is_four_worlds(run):
        return "How the scenarios compare"
    share = _share_above(tidy.paired(run, HOLLOW, EXIT))
    if share > 0.5:
        return "A treaty no one believes is more dangerous than no treaty and a promise believed"
    if share < 0.5:
        return "Ending the treaty is more dangerous than no longer believing the promise"
    return "Ending the treaty and not believing the promise are equally dangerous"


def effects(run: RunView) -> tuple[Interval, Interval]:
    """Rise in the frontline's chance of a challenge: when the promise is no longer believed, when the treaty ends.

    Each is the mean over the two states of the other factor, on paired draws.
    """
    belief = tidy.mean_of([tidy.paired(run, HOLLOW, "treaty-believed"), tidy.paired(run, "exit-hollow", EXIT)])
    treaty = tidy.mean_of([tidy.paired(run, EXIT, "treaty-believed"), tidy.paired(run, "exit-hollow", HOLLOW)])
    return interval(belief), interval(treaty)


def _levels_of_worlds(run: RunView) -> str:
    hollow, ended = (interval(tidy.frontline_mean(run, s)) for s in (HOLLOW, EXIT))
    return (
        f"Over {horizon(run)} from {start_words(run)}, an average frontline ally faces at least one challenge with a "
        f"chance of {chance(hollow)} where the treaty stands but the promise is not believed, against "
        f"{chance(ended)} where the treaty has ended but the promise is believed."
    )


def _order_of_worlds(run: RunView) -> str:
    front = tidy.frontline(run)
    shares = {m: _share_above(tidy.paired(run, HOLLOW, EXIT, m)) for m in front}
    overall = _share_above(tidy.paired(run, HOLLOW, EXIT))
    worse = [m for m in front if shares[m] > 0.5]
    others = " and ".join(tidy.member_names(run)[m] for m in front if m not in worse)
    belief, treaty = effects(run)
    sizes = f"disbelief adds {points(belief)} to that chance, the end of the treaty {points(treaty)}"
    if overall == 0.5:
        return f"The two are equally dangerous in this run: {sizes}."
    if overall > 0.5:
        lead = f"The hollow treaty is the more dangerous of the two in {of_draws(overall)}"
        which = f"{len(worse)} of the {len(front)} frontline allies in most draws{f' (not {others})' if others else ''}"
        return f"{lead}, and for {which}: {sizes}."
    lead = f"The order is not the one often asserted: the end of the treaty is the more dangerous in {of_draws(1 - overall)}"
    return (
        f"{lead}, and the hollow treaty is for only {len(worse)} of the {len(front)} frontline allies: {sizes}."
    )


def _level(run: RunView, scenario: str, against: str | None = None) -> str:
    level = interval(tidy.frontline_mean(run, scenario))
    named = titles(run)
    text = (
        f"Over {horizon(run)} from {start_words(run)}, under “{named[scenario]}” an average frontline ally faces at "
        f"least one challenge with a chance of {chance(level)}"
    )
    if against is None:
        return f"{text}."
    base = interval(tidy.frontline_mean(run, against))
    return f"{text}, against {chance(base)} under “{named[against]}”."


def _most_exposed(run: RunView, scenario: str) -> str:
    front = tidy.frontline(run)
    code = front[0]
    values = tidy.last_values(run, CHALLENGE, scenario)[:, tidy.members(run).index(code)]
    loss = ""
    if tidy.has(run, "loss_probability_cumulative"):
        lost = interval(tidy.last_values(run, LOSS, scenario)[:, tidy.members(run).index(code)])
        loss = f", and a challenge that reaches its aim with a chance of {chance(lost)}"
    return f"The most exposed ally is {tidy.member_names(run)[code]}, challenged with a chance of {chance(interval(values))}{loss}."


def _difference(run: RunView, scenario: str, against: str) -> str:
    values = tidy.paired(run, scenario, against)
    share = _share_above(values)
    named = titles(run)
    size = interval(values)
    if share == 0.5:
        return f"Draw by draw, “{named[scenario]}” makes no difference to that chance against “{named[against]}”: {points(size)}."
    direction = "raises" if share > 0.5 else "lowers"
    likely = of_draws(max(share, 1 - share))
    return (
        f"Of the scenarios compared, “{named[scenario]}” changes most against “{named[against]}”: draw by draw it "
        f"{direction} the chance in {likely}, by {points(size)}."
    )


def _strongest(run: RunView, against: str) -> str:
    others = [s for s in names(run) if s != against]
    size = {s: abs(interval(tidy.paired(run, s, against)).p50) for s in others}
    return max(others, key=lambda s: size[s] if np.isfinite(size[s]) else -1.0)


def _price(run: RunView, scenario: str) -> str:
    cost = tidy.run_interval(run, "replacement_cost_usd_billion", scenario)
    patron = places.patron_name()
    if not cost.known:
        return f"The run holds no price for replacing what {patron} provides in Europe."
    year = tidy.run_interval(run, "replacement_year", scenario)
    low, middle, high = (significant(v) for v in (cost.p05, cost.p50, cost.p95))
    reached = (
        f"Europe would have all of it in {year_span(year)}"
        if year.known
        else "Europe has all of it in no draw within the horizon"
    )
    return f"Replacing what {patron} provides in Europe would cost about {middle} billion USD ({low} to {high}); {reached}."


def _share_above(values: Floats) -> float:
    """Share of draws above zero; ties count half, so that equal worlds give one half."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return 0.5
    return float((finite > TIE).mean() + 0.5 * (np.abs(finite) <= TIE).mean())
