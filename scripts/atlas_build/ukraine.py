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
        "aid_channels": write("aid_channels", _channels(root, sources)),
        "aid_eu_shares": write("aid_eu_shares", _eu_shares(root, sources)),
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


def _channels(root: Path, sources: Sources) -> list[Row]:
    names = ("from_stockpile", "new_procurement", "nato_purl", "unspecified")
    return [
        {
            "month": f"{raw['month']}-01",
            "year": raw["month"][:4],
            **{f"{name}_eur_billion": _short(raw[f"{name}_eur_billion"]) for name in names},
            **_kiel(sources),
        }
        for raw in read(root, "ukraine/military_aid_channel_by_month.csv")
    ]


def _eu_shares(root: Path, sources: Sources) -> list[Row]:
    shares = ("bilateral_pct_gdp_2021", "share_of_eu_aid_pct_gdp_2021", "total_pct_gdp_2021")
    same = ("donor_name", "period_start", "period_end", *shares, "share_of_eu_aid_eur_billion")
    return [
        {"donor": raw["donor_iso3"], **{k: raw[k] for k in same}, **_kiel(sources)}
        for raw in read(root, "ukraine/eu_member_effort.csv")
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
