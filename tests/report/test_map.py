"""The map: who is on it, and where the borders run."""

import itertools

import pytest

from foedus.report import places, tidy
from foedus.report.charts.europe import map_frame
from foedus.report.measures import CHALLENGE

from .synthetic import MEMBERS, make_run


def rings(code):
    feature = next(f for f in places.europe()["features"] if f["properties"]["iso3"] == code)
    return [polygon[0] for polygon in feature["geometry"]["coordinates"]]


def inside(point, ring):
    x, y = point
    hit = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def test_every_ally_is_on_the_map():
    shown = map_frame(tidy.by_member(make_run(draws=3, missing=()), CHALLENGE, list(MEMBERS)))
    assert set(shown["member"]) == set(MEMBERS)


def test_small_states_and_members_off_the_map_have_dots():
    shown = map_frame(tidy.by_member(make_run(draws=3), CHALLENGE, list(MEMBERS)))
    dots = set(shown.filter(shown["dot"] == 1)["member"])
    assert {"LUX", "MNE", "MKD", "ALB", "SVN", "CAN"} <= dots


@pytest.mark.parametrize(
    ("code", "area_km2"), [("EST", 45_000), ("POL", 312_000), ("FRA", 550_000), ("UKR", 603_000)]
)
def test_areas_are_right(code, area_km2):
    """Published areas: the projection keeps area, so a wrong country or a lost part would show."""

    def area(ring):
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2

    assert sum(area(r) for r in rings(code)) == pytest.approx(area_km2, rel=0.05)


def test_crimea_is_part_of_ukraine():
    simferopol = (1640, -765)
    assert any(inside(simferopol, r) for r in rings("UKR"))
    assert not any(inside(simferopol, r) for r in rings("RUS"))


def test_file_is_small():
    from importlib.resources import files

    assert len((files("foedus.report") / "data" / "europe.json").read_bytes()) < 150_000
