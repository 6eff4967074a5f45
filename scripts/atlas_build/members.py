"""Members, spending, guidelines, economy, personnel and trade."""

from __future__ import annotations

import csv
from pathlib import Path

from scripts.atlas_build.common import Row, Sources, end_of, flag, plain, read, status_of, write

EDITIONS = {"2024": "2024-06", "2025": "2025-08"}
NATO_SOURCE = {"2024-06": "nato-defexp-2024-06", "2025-08": "nato-defexp-2025-08"}
SIPRI, SIPRI_EDITION = "sipri-milex-2025-04", "2025-04"
EVENTS = Path(__file__).parent / "member_events.csv"
OLDER = Path(__file__).parent / "older_editions.csv"

SHARES = ("equipment_share_pct", "personnel_share_pct", "infrastructure_share_pct", "other_share_pct")


def compile_members(root: Path, sources: Sources) -> dict[str, int]:
    """Write the tables about states."""
    return {
        "members": write("members", _members(root, sources)),
        "spending": write("spending", _spending(root, sources)),
        "spending_press_lists": write("spending_press_lists", _press_lists(root, sources)),
        "spending_aggregates": write("spending_aggregates", _aggregates(root, sources)),
        "guidelines": write("guidelines", _guidelines(root, sources)),
        "economy": write("economy", _economy(root, sources)),
        "personnel": write("personnel", _personnel(root, sources)),
        "trade_balance": write("trade_balance", _trade(root, sources)),
    }


def _members(root: Path, sources: Sources) -> list[Row]:
    with EVENTS.open(encoding="utf-8", newline="") as handle:
        events = list(csv.DictReader(handle))
    rows = []
    for raw in read(root, "members/members.csv"):
        base = {
            "member": raw["iso3"],
            "founder": flag(raw["founder"]),
            "armed_forces": flag(raw["armed_forces"]),
            "rus_border_is_kaliningrad": flag(raw["rus_border_is_kaliningrad"]),
            **{f"border_{c}_km": raw[f"land_border_with_{c}_km"] for c in ("rus", "blr", "ukr")},
            **{
                k: raw[k] for k in ("name", "cow_code", "capital", "capital_lat", "capital_lon", "region_group")
            },
        }
        state = {"nato_member": "false", "accession_date": "", "eu_member": "false", "nuclear_weapons": "false"}
        mine = sorted((e for e in events if e["member"] == raw["iso3"]), key=lambda e: e["date"])
        mine += [] if not raw["accession_date"] else [_accession(raw)]
        for event in sorted(mine, key=lambda e: (e["date"], e["attribute"] != "exists")):
            if event["attribute"] != "exists":
                state[event["attribute"]] = event["value"]
            if event["attribute"] == "nato_member":
                state["accession_date"] = event["date"]
            row = {**base, **state, "as_of": event["date"], "source_status": event["source_status"]}
            row |= {"source": sources.id_of(event["source"]), "status": event["status"], "note": event["note"]}
            rows = [r for r in rows if (r["member"], r["as_of"]) != (raw["iso3"], event["date"])] + [row]
    return sorted(rows, key=lambda r: (r["member"], r["as_of"]))


def _accession(raw: Row) -> Row:
    recalled = raw["accession_status"] != "verified"
    return {
        "date": raw["accession_date"],
        "attribute": "nato_member",
        "value": "true",
        "source": f"accession-{raw['accession_source'].replace('_', '-')}",
        "status": "estimated" if recalled else "measured",
        "source_status": raw["accession_status"],
        "note": "Year read in a list; the day (1 April) is from general knowledge" if recalled else "",
    }


def _spending(root: Path, sources: Sources) -> list[Row]:
    newest = {
        (r["iso3"], r["year"]): r for r in read(root, "members/defence_spending.csv") if r["series"] == "NATO"
    }
    accession = {r["iso3"]: r["accession_date"][:4] for r in read(root, "members/members.csv")}
    rows = []
    for raw in read(root, "members/defence_spending_editions.csv"):
        edition = EDITIONS[raw["edition"]]
        main = newest[raw["iso3"], raw["year"]] if edition == "2025-08" else raw
        row = _spending_row(main, edition, NATO_SOURCE[edition], sources)
        row["estimate"] = "true" if raw["estimate"] == "e" else "false"
        row["is_member"] = flag(raw["year"] >= accession[raw["iso3"]])
        if edition == "2024-06":
            row["constant_basis"] = "published" if raw["usd_million_constant"] else ""
            if raw["usd_million_current"]:
                row["usd_current_estimate"] = row["estimate"]
        rows.append(row)
    published = {(r["member"], r["year"]) for r in rows if r["edition"] == "2025-08"}
    for key in sorted(set(newest) - published):
        row = _spending_row(newest[key], "2025-08", NATO_SOURCE["2025-08"], sources)
        estimate = flag(newest[key]["estimate"] == "e")
        rows.append(row | {"estimate": estimate, "is_member": flag(key[1] >= accession[key[0]])})
    for raw in read(root, "members/defence_spending.csv"):
        if raw["series"] == "SIPRI":
            row = _spending_row(raw, SIPRI_EDITION, SIPRI, sources)
            rows.append(row | {"estimate": "true" if raw["estimate"] else "false", "is_member": "false"})
    return sorted(rows, key=lambda r: (r["series"], r["member"], r["year"], r["edition"]))


def _press_lists(root: Path, sources: Sources) -> list[Row]:
    """Shares of editions before June 2024, as press lists gave them: what was known earlier."""
    accession = {r["iso3"]: r["accession_date"][:4] for r in read(root, "members/members.csv")}
    with OLDER.open(encoding="utf-8", newline="") as handle:
        lists = list(csv.DictReader(handle))
    for raw in read(root, "members/crosscheck.csv"):
        if raw["basis"] == "NATO 2024 edition vs 2016 estimate vintage":
            old = {"edition": "2017-02", "member": raw["iso3"], "year": "2016", "pct_gdp": raw["other_value"]}
            lists.append(old | {"estimate": "true", "source": "nato-2016-abc"})
    rows = [
        {
            **{k: raw[k] for k in ("member", "year", "edition", "estimate", "pct_gdp")},
            "is_member": flag(raw["year"] >= accession[raw["member"]]),
            "source": sources.id_of(raw["source"]),
            "as_of": sources.published(raw["source"]),
            "status": "estimated",
        }
        for raw in lists
    ]
    return sorted(rows, key=lambda r: (r["member"], r["year"], r["as_of"]))


def _spending_row(raw: Row, edition: str, source: str, sources: Sources) -> Row:
    current_edition = raw.get("usd_current_edition", "")
    return {
        "series": raw["series"],
        "member": raw["iso3"],
        "year": raw["year"],
        "edition": edition,
        "pct_gdp": raw["pct_gdp"],
        "usd_million_current": raw["usd_million_current"],
        "usd_current_edition": EDITIONS.get(current_edition, edition) if raw["usd_million_current"] else "",
        "usd_current_estimate": flag(raw.get("usd_current_estimate") == "e")
        if raw["usd_million_current"]
        else "",
        "usd_million_constant": raw["usd_million_constant"],
        "constant_base_year": raw["constant_base_year"] if raw["usd_million_constant"] else "",
        "constant_basis": raw.get("constant_basis", "") if raw["usd_million_constant"] else "",
        "real_change_pct": raw["annual_real_change_pct"],
        **{name: raw[name] for name in SHARES},
        "note": raw.get("note", ""),
        "source": sources.id_of(source),
        "as_of": sources.published(source),
        "status": "estimated" if raw["estimate"] or raw["series"] == "SIPRI" else "measured",
        "source_status": raw.get("status", ""),
    }


def _aggregates(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "members/nato_aggregates.csv"):
        for edition in ("2024-06", "2025-08"):
            old = edition == "2024-06"
            suffix = "_ed2024" if old else ""
            if old and not raw["pct_gdp_ed2024"]:
                continue
            estimate = raw["year"] in (("2023", "2024") if old else ("2024", "2025"))
            constant = raw["usd_million_constant_2015_ed2024"] if old else raw["usd_million_constant"]
            row = {
                **{
                    k: raw[k]
                    for k in ("entity", "year", "usd_million_current", "gdp_usd_million_current", "note")
                },
                "edition": edition,
                "estimate": flag(estimate),
                "pct_gdp": raw[f"pct_gdp{suffix}"],
                "usd_current_edition": "2024-06" if raw["usd_million_current"] else "",
                "usd_current_estimate": flag(raw["year"] in ("2023", "2024"))
                if raw["usd_million_current"]
                else "",
                "usd_million_constant": constant,
                "constant_base_year": ("2015" if old else "2021") if constant else "",
                "constant_basis": ("published" if old else raw["constant_basis"]) if constant else "",
                "real_change_pct": raw[f"annual_real_change_pct{suffix}"],
                "gdp_usd_million_constant": "" if old else raw["gdp_usd_million_constant"],
                "personnel_thousand": "" if old else raw["personnel_thousand"],
                "source": sources.id_of(NATO_SOURCE[edition]),
                "as_of": sources.published(NATO_SOURCE[edition]),
                "status": "estimated" if estimate else "measured",
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (r["entity"], r["year"], r["edition"]))


def _guidelines(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "members/guidelines.csv"):
        date = end_of(raw["date"])
        rows.append(
            {
                "guideline": raw["guideline_id"],
                "member": "ESP" if raw["guideline_id"].startswith("spain") else "",
                "date": date,
                **{k: raw[k] for k in ("name", "target_value", "target_unit", "deadline_year", "text", "note")},
                "source": sources.id_of(raw["source"]),
                "as_of": date,
                "status": status_of(raw["status"], verified="measured"),
                "source_status": raw["status"],
            }
        )
    return rows


def _economy(root: Path, sources: Sources) -> list[Row]:
    newest = {(r["iso3"], r["year"]): r for r in read(root, "members/defence_spending.csv")}
    rows = []
    for raw in read(root, "members/defence_spending_editions.csv"):
        edition = EDITIONS[raw["edition"]]
        main = newest[raw["iso3"], raw["year"]] if edition == "2025-08" else raw
        rows.append(_economy_row(main, edition, NATO_SOURCE[edition], sources))
    rows += [
        _economy_row(raw, SIPRI_EDITION, SIPRI, sources)
        | {"note": "GDP implied by spending over its share of GDP", "status": "estimated"}
        for raw in newest.values()
        if raw["series"] == "SIPRI"
    ]
    rows = [r for r in rows if r["gdp_usd_million_current"] or r["gdp_usd_million_constant"]]
    rows += _population(root, sources, {(r["member"], r["year"]): r for r in rows})
    return sorted(rows, key=lambda r: (r["member"], r["year"], r["as_of"]))


def _economy_row(raw: Row, edition: str, source: str, sources: Sources) -> Row:
    current = plain(raw["gdp_usd_million_current"])
    constant = plain(raw["gdp_usd_million_constant"])
    return {
        "member": raw["iso3"],
        "year": raw["year"],
        "edition": edition,
        "gdp_usd_million_current": current,
        "gdp_current_edition": ("2024-06" if raw["series"] == "NATO" else edition) if current else "",
        "gdp_usd_million_constant": constant,
        "constant_base_year": raw["constant_base_year"] if constant else "",
        "source": sources.id_of(source),
        "as_of": sources.published(source),
        "status": "estimated" if raw["estimate"] or edition == "2025-08" else "measured",
    }


def _population(root: Path, sources: Sources, before: dict[tuple[str, str], Row]) -> list[Row]:
    source = "cia-factbook-2026-05"
    rows = []
    for raw in read(root, "members/members.csv"):
        key = (raw["iso3"], raw["population_year"])
        row = dict(before.get(key, {"member": key[0], "year": key[1]}))
        row |= {
            "edition": "2026-05",
            "population_persons": raw["population_persons"],
            "note": "Population from the Factbook, other columns as in the edition before",
            "source": sources.id_of(source),
            "as_of": sources.published(source),
            "status": "estimated",
        }
        rows.append(row)
    return rows


def _personnel(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "members/defence_spending_editions.csv"):
        edition = EDITIONS[raw["edition"]]
        rows.append(
            {
                "series": "NATO",
                "member": raw["iso3"],
                "year": raw["year"],
                "edition": edition,
                "estimate": flag(raw["estimate"] == "e"),
                "personnel_thousand": raw["personnel_thousand"],
                "source": sources.id_of(NATO_SOURCE[edition]),
                "as_of": sources.published(NATO_SOURCE[edition]),
                "status": "estimated" if raw["estimate"] else "measured",
            }
        )
    gfp = "globalfirepower-2025"
    for raw in read(root, "forces/equipment.csv"):
        if raw["bloc"] != "total":
            rows.append(
                {
                    "series": "GlobalFirepower",
                    "member": raw["iso3"],
                    "year": "2025",
                    "edition": "2025-01",
                    "estimate": "true",
                    "personnel_thousand": f"{int(raw['active_personnel']) / 1000:g}",
                    "reserve_thousand": _reserve(raw),
                    "note": raw["quality_flag"],
                    "source": sources.id_of(gfp),
                    "as_of": sources.published(gfp),
                    "status": "estimated",
                }
            )
    return [r for r in rows if r["personnel_thousand"]]


def _reserve(raw: Row) -> str:
    doubtful = "reserve" in raw["quality_flag"]
    return "" if doubtful or not raw["reserve_personnel"] else f"{int(raw['reserve_personnel']) / 1000:g}"


def _trade(root: Path, sources: Sources) -> list[Row]:
    source = "census-country-2025-04"
    columns = ("year", "exports_usd_million", "imports_usd_million", "balance_usd_million", "months_covered")
    return [
        {
            "member": raw["iso3"],
            **{k: raw[k] for k in columns},
            "source": sources.id_of(source),
            "as_of": sources.published(source),
            "status": "measured",
        }
        for raw in read(root, "members/us_trade_balance.csv")
    ]
