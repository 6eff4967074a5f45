"""Arms sales notified to Congress."""

from __future__ import annotations

from pathlib import Path

from scripts.atlas_build.common import Row, Sources, read, write

CENSUS = "dsca-library-index-2026-05"
NOTICES = "dsca-notices-2026-05"


def compile_arms(root: Path, sources: Sources) -> dict[str, int]:
    """Write the tables about arms sales."""
    return {"arms_sales": write("arms_sales", _sales(root, sources))}


def _sales(root: Path, sources: Sources) -> list[Row]:
    rows = []
    counts: dict[str, int] = {}
    for raw in read(root, "arms_sales/dsca_notifications.csv"):
        kind = raw["record_type"]
        counts[kind] = counts.get(kind, 0) + 1
        source = {"notice": NOTICES, "index": CENSUS}.get(kind) or sources.id_of(raw["source"])
        known = raw["date_notified"] if kind != "index" else sources.published(CENSUS)
        rows.append(
            {
                "sale": f"{kind}-{counts[kind]:04d}",
                "record_type": kind,
                "buyer": raw["buyer_iso3"],
                "value_usd": raw["value_usd"],
                "status": "estimated" if raw["status"] == "secondary" else "measured",
                "source_status": raw["status"],
                "source": sources.id_of(source),
                "as_of": known or sources.published(source),
                **{k: raw[k] for k in ("transmittal_number", "transmittal_year", "buyer_group")},
                **_dating(raw),
                "item_summary": raw["item_summary"],
                "emergency": raw["emergency"],
            }
        )
    return rows


def _dating(raw: Row) -> Row:
    """Keep the day of a notice; the day on which an index file was posted is not the day of a notice."""
    if raw["record_type"] == "index":
        posted = raw["date_notified"]
        return {
            "date_notified": "",
            "date_basis": "unknown",
            "note": f"File posted on {posted}" if posted else "",
        }
    basis = raw["date_basis"].replace("(recalled, unverified)", "(not confirmed)")
    return {"date_notified": raw["date_notified"], "date_basis": basis}
