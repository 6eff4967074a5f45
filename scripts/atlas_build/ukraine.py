"""Aid to Ukraine and the parameters of the war."""

from __future__ import annotations

from pathlib import Path

from scripts.atlas_build.common import Row, Sources, plain, read, status_of, write

KIEL = "kiel-ust-29"
_JUDGEMENTS = {"territory_net_gain_per_month_2026_spring"}


def compile_ukraine(root: Path, sources: Sources) -> dict[str, int]:
    """Write the tables about the war and the aid."""
    return {
        "aid": write("aid", _aid(root, sources)),
        "aid_monthly": write("aid_monthly", _aid_monthly(root, sources)),
        "war_parameters": write("war_parameters", _war(root, sources)),
    }


def _short(number: str) -> str:
    return f"{float(number):.6g}" if number else ""


def _kiel(sources: Sources) -> Row:
    return {"source": sources.id_of(KIEL), "as_of": sources.published(KIEL), "status": "estimated"}


def _aid(root: Path, sources: Sources) -> list[Row]:
    same = ("donor_name", "donor_group", "period_type", "period_start", "period_end", "aid_type")
    return [
        {
            "donor": raw["donor_iso3"],
            **{k: raw[k] for k in same},
            "year": "" if raw["period_type"] == "total" else raw["period_start"][:4],
            "allocations_eur_billion": _short(raw["allocations_eur_billion"]),
            "commitments_eur_billion": _short(raw["commitments_eur_billion"]),
            "pct_gdp_2021": _short(raw["pct_gdp_2021"]),
            **_kiel(sources),
        }
        for raw in read(root, "ukraine/aid_by_donor.csv")
    ]


def _aid_monthly(root: Path, sources: Sources) -> list[Row]:
    return [
        {
            "month": f"{raw['month']}-01",
            "donor_group": raw["donor_group"],
            "aid_type": raw["aid_type"],
            "year": raw["month"][:4],
            "allocations_eur_billion": _short(raw["allocations_eur_billion"]),
            "commitments_eur_billion": _short(raw["commitments_eur_billion"]),
            **_kiel(sources),
        }
        for raw in read(root, "ukraine/aid_by_month.csv")
    ]


def _war(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "ukraine/war_parameters.csv"):
        judged = raw["parameter"] in _JUDGEMENTS
        rows.append(
            {
                "parameter": raw["parameter"],
                **{k: plain(raw[k]) for k in ("low", "central", "high")},
                "unit": raw["unit"],
                "observed": raw["as_of"],
                "note": raw["note"],
                "source": sources.id_of(raw["source"]),
                "as_of": sources.known(raw["source"], raw["as_of"]),
                "status": "elicited" if judged else status_of(raw["status"]),
                "source_status": raw["status"],
            }
        )
    return rows
