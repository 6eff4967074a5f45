"""Equipment, US forces and posture, enablers, replacement costs and theatre."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from scripts.atlas_build.common import Row, Sources, flag, plain, read, status_of, write

LAGS = Path(__file__).parent / "publication_lags.csv"
_DROPPED_EQUIPMENT = {
    "iso3",
    "name",
    "ifv_apc",
    "armoured_vehicles_all_types",
    "reserve_personnel",
    "as_of",
    "source",
}
_SAM = {"long_medium_sam_batteries": "sam_batteries", "sam_as_of": "sam_known"}
_BASES = {"computed": "computed", "stated": "stated", "worded": "worded"}


def compile_forces(root: Path, sources: Sources) -> dict[str, int]:
    """Write the tables about forces."""
    return {
        "equipment": write("equipment", _equipment(root, sources)),
        "equipment_checks": write("equipment_checks", _equipment_checks(root, sources)),
        "us_forces": write("us_forces", _us_forces(root, sources)),
        "us_posture": write("us_posture", _us_posture(root, sources)),
        "enablers": write("enablers", _enablers(root, sources)),
        "replacement_costs": write("replacement_costs", _replacement(root, sources)),
        "theatre": write("theatre", _theatre(root, sources)),
    }


def _common(raw: Row, sources: Sources, observed: str = "", verified: str = "estimated") -> Row:
    return {
        "note": raw.get("note", ""),
        "source": sources.id_of(raw["source"]),
        "as_of": sources.known(raw["source"], observed),
        "status": status_of(raw["status"], verified),
        "source_status": raw["status"],
    }


def _equipment(root: Path, sources: Sources) -> list[Row]:
    rows = []
    source = "globalfirepower-2025"
    for raw in read(root, "forces/equipment.csv"):
        row = {_SAM.get(k, k): plain(v) for k, v in raw.items() if k not in _DROPPED_EQUIPMENT}
        flags = raw["quality_flag"]
        row |= {
            "member": raw["iso3"],
            "record_type": "total" if raw["bloc"] == "total" else "state",
            "year": "2025",
            "reserve_personnel": "" if "reserve" in flags else raw["reserve_personnel"],
            "source": sources.id_of(source),
            "as_of": sources.published(source),
            "status": status_of(raw["status"]),
            "source_status": raw["status"],
        }
        gaps: tuple[str, ...] = ()
        if "artillery shown as zero" in flags:
            gaps = ("artillery_self_propelled", "artillery_towed", "artillery_pieces", "mlrs")
        elif "towed guns shown as zero" in flags:
            gaps = ("artillery_towed", "artillery_pieces")
        row |= {name: "" for name in gaps if float(row[name] or 0) == 0 or name == "artillery_pieces"}
        known = sources.known(raw["sam_source"], raw["sam_as_of"]) if raw["sam_source"] else ""
        if known > row["as_of"]:
            rows.append(row | dict.fromkeys(("sam_batteries", "sam_type", "sam_known", "sam_source"), ""))
        if raw["sam_source"]:
            row |= {"sam_source": sources.id_of(raw["sam_source"]), "as_of": max(row["as_of"], known)}
        rows.append(row)
    return rows


def _equipment_checks(root: Path, sources: Sources) -> list[Row]:
    return [
        {
            "member": raw["iso3"],
            "item": raw["item"],
            "observed": raw["as_of"],
            "value": plain(raw["value"]),
            "equipment_value": plain(raw["equipment_csv_value"]),
            "ratio": raw["ratio_equipment_to_this"],
            **_common(raw, sources, raw["as_of"]),
        }
        for raw in read(root, "forces/equipment_crosscheck.csv")
    ]


def _us_forces(root: Path, sources: Sources) -> list[Row]:
    with LAGS.open(encoding="utf-8", newline="") as handle:
        lags = {row["series"]: row for row in csv.DictReader(handle)}
    lag = dt.timedelta(days=int(lags["us_forces"]["lag_days"]))
    kane = sources.published("kane-2006")
    raws = read(root, "forces/us_forces.csv")
    reports = sorted({r["as_of"] for r in raws if r["basis"] == "report"})
    same = ("host_name", "year", "quarter", "basis", "hosts_counted", "record_type")
    rows = []
    for raw in raws:
        seen = raw["as_of"]
        if raw["basis"] == "interpolated":
            seen = next(day for day in reports if day > raw["as_of"])
        known = (dt.date.fromisoformat(seen) + lag).isoformat()
        source = "kane-2006" if raw["basis"] == "kane_2006" else "dmdc-troopdata"
        measured = raw["basis"] in ("report", "sum")
        rows.append(
            {
                "host": raw["host_iso3"],
                "observed": raw["as_of"],
                **{k: raw[k] for k in same},
                **{k: plain(v) for k, v in raw.items() if k.endswith("_persons") and "upstream" not in k},
                "host_in_nato": flag(raw["host_in_nato"]),
                "quality_flag": _flags(raw["quality_flag"]),
                "source": sources.id_of(source),
                "as_of": max(known, kane) if "kane" in raw["basis"] else known,
                "status": "measured" if measured else "estimated",
            }
        )
    return rows


def _flags(raw: str) -> str:
    return ";".join(f for f in raw.split(";") if f != "upstream_processed_file_multiplied")


def _us_posture(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "forces/us_forces_posture.csv"):
        common = _common(raw, sources, raw["event_date"])
        rows.append(
            {
                "event": raw["posture_id"],
                "date": raw["event_date"],
                "event_type": raw["event_type"],
                "area": raw["area"],
                **{k: plain(raw[k]) for k in ("low", "central", "high")},
                "unit": raw["unit"],
                "event_status": raw["event_status"],
                "description": raw["description"],
                **common,
                "as_of": max(common["as_of"], raw["event_date"]),
            }
        )
    return rows


def _enablers(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "forces/enablers.csv"):
        basis = raw["share_basis"]
        code = next((v for k, v in _BASES.items() if basis.startswith(k)), "other" if basis else "")
        common = _common(raw, sources, raw["as_of"])
        if code == "other" or ":" in basis:
            common["note"] = "; ".join(part for part in (basis, raw["note"]) if part)
        rows.append(
            {
                "enabler": raw["enabler_id"],
                "domain": raw["domain"],
                "metric": raw["metric"],
                "us": plain(raw["us"]),
                "europe": plain(raw["europe"]),
                "us_share_pct": plain(raw["us_share_pct"]),
                "share_basis": code,
                "observed": raw["as_of"],
                **common,
            }
        )
    return rows


def _replacement(root: Path, sources: Sources) -> list[Row]:
    same = ("study", "item", "item_type", "quantity_unit", "native_currency")
    numbers = [
        "quantity",
        "unit_cost_low_usd_million",
        "unit_cost_high_usd_million",
        "total_low_usd_billion",
        "total_high_usd_billion",
        "horizon_years",
        "native_low_billion",
        "native_high_billion",
    ]
    return [
        {
            "cost": raw["cost_id"],
            **{k: raw[k] for k in same},
            **{k: plain(raw[k]) for k in numbers},
            **_common(raw, sources, _year_in(raw["study"])),
        }
        for raw in read(root, "forces/replacement_cost.csv")
    ]


def _year_in(text: str) -> str:
    years = [word for word in text.replace(",", " ").split() if word.isdigit() and len(word) == 4]
    return years[-1] if years else ""


def _theatre(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "forces/theatre.csv"):
        common = _common(raw, sources, raw["as_of"])
        if raw["group"] == "reconstitution" and common["status"] == "estimated":
            common["status"] = "elicited"
        rows.append(
            {
                "parameter_id": raw["theatre_id"],
                **{k: raw[k] for k in ("group", "parameter", "location", "unit")},
                **{k: plain(raw[k]) for k in ("low", "central", "high")},
                "observed": raw["as_of"],
                **common,
            }
        )
    return rows
