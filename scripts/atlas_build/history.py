"""Past alliances, rules of exit and review, findings on burden sharing, neighbours."""

from __future__ import annotations

import csv
from pathlib import Path

from scripts.atlas_build.common import ATLAS, Row, Sources, end_of, flag, plain, read, status_of, write

HERE = Path(__file__).parent
_SINCE = {
    "US-CONST": "1949-04-04",
    "COURTS": "1979-12-31",
    "NDAA26": "2025-12-31",
    "OLC-2020": "2020-09-22",
    "PREC-1979": "1979-12-31",
    "PREC-2002": "2002-12-31",
    "PREC-2020": "2020-11-22",
}
_DISPUTED = {"E2025A", "E2026A"}


def compile_history(root: Path, sources: Sources) -> dict[str, int]:
    """Write the tables about the past and the rules. Needs the table members to be written."""
    return {
        "neighbours": write("neighbours", _neighbours(sources)),
        "emergency_determinations": write("emergency_determinations", _emergencies(root, sources)),
        "arms_review_rules": write("arms_review_rules", _review_rules(root, sources)),
        "withdrawal_rules": write("withdrawal_rules", _withdrawal_rules(root, sources)),
        "alliance_reliability": write("alliance_reliability", _reliability(root, sources)),
        "burden_sharing_findings": write("burden_sharing_findings", _burden(root, sources)),
        "alliance_history": write("alliance_history", _alliances(root, sources)),
        "publication_lags": write("publication_lags", _lags(sources)),
    }


def _neighbours(sources: Sources) -> list[Row]:
    with (ATLAS / "tables" / "members.csv").open(encoding="utf-8", newline="") as handle:
        members = {row["member"]: row for row in csv.DictReader(handle)}
    with (ATLAS / "tables" / "members.csv").open(encoding="utf-8", newline="") as handle:
        since: dict[str, str] = {}
        for row in csv.DictReader(handle):
            since.setdefault(row["member"], row["as_of"])
    rows = []
    for line in (HERE / "neighbours.txt").read_text(encoding="utf-8").split("\n"):
        words = line.split()
        kind = words.pop(0) if words and words[0].islower() else "none"
        for other in words[1:]:
            for one, two in ((words[0], other), (other, words[0])):
                length = members[one].get(f"border_{two.lower()}_km") or members[two].get(
                    f"border_{one.lower()}_km", ""
                )
                kaliningrad = "RUS" in (one, two) and "true" in (
                    members[one]["rus_border_is_kaliningrad"],
                    members[two]["rus_border_is_kaliningrad"],
                )
                rows.append(
                    {
                        "member": one,
                        "neighbour": two,
                        "border_km": plain(length),
                        "note_kind": "exclave" if kaliningrad else kind,
                        "source": sources.id_of("own-neighbours"),
                        "as_of": max(since[one], since[two]),
                        "status": "measured" if length else "assumed",
                        "source_status": "length from the Factbook"
                        if length
                        else "well-known geography, own listing",
                    }
                )
    return sorted(rows, key=lambda r: (r["member"], r["neighbour"]))


def _emergencies(root: Path, sources: Sources) -> list[Row]:
    rows = []
    for raw in read(root, "arms_sales/emergency_determinations.csv"):
        date = end_of(raw["date_determined"])
        rows.append(
            {
                "determination": raw["determination_id"],
                "date": date,
                "date_precision": raw["date_precision"].split()[0],
                "buyers": raw["buyers_iso3"],
                "value_usd": raw["value_usd"],
                "value_basis": raw["value_basis"],
                "cases": (raw["cases_n"].split() or [""])[0],
                **{k: raw[k] for k in ("administration", "summary", "legal_basis", "congressional_reaction")},
                "disputed": flag(raw["determination_id"] in _DISPUTED),
                "source": sources.id_of(raw["source"]),
                "as_of": date,
                "status": "estimated" if raw["determination_id"] in _DISPUTED else "measured",
                "source_status": raw["status"],
            }
        )
    return rows


def _review_rules(root: Path, sources: Sources) -> list[Row]:
    rows: list[Row] = []
    for raw in read(root, "arms_sales/review_rules.csv"):
        low, _, high = raw["review_days"].partition("-")
        text = raw["rule"] if raw["rule"] != "as above" else rows[-1]["text"]
        rows.append(
            {
                "rule": raw["rule_id"],
                "section": raw["aeca_section"],
                "review_days_min": low,
                "review_days_max": high or low,
                "text": text,
                "note": raw["notes"].replace("(recalled, unverified)", "(from general knowledge)"),
                **{
                    k: raw[k]
                    for k in ("channel", "destination_group", "item_class", "threshold_usd", "day_type")
                },
                "source": sources.id_of(raw["source"]),
                "as_of": sources.known(raw["source"]),
                "status": "estimated" if "recalled" in raw["status"] else status_of(raw["status"], "measured"),
                "source_status": raw["status"].replace("recalled, unverified", "from general knowledge"),
            }
        )
    return rows


def _withdrawal_rules(root: Path, sources: Sources) -> list[Row]:
    same = ("instrument", "provision", "actor", "trigger", "decision_rule", "duration_days")
    rows = []
    for raw in read(root, "arms_sales/withdrawal_rules.csv"):
        since = next((day for prefix, day in _SINCE.items() if raw["rule_id"].startswith(prefix)), "")
        rows.append(
            {
                "rule": raw["rule_id"],
                **{k: raw[k] for k in same},
                "effect": raw["effect"].replace("(date recalled)", "").replace("(recalled)", ""),
                "source": sources.id_of(raw["source"]),
                "as_of": since or sources.known(raw["source"]) or "2001-09-12",
                "status": "estimated" if "recalled" in raw["status"] else status_of(raw["status"], "measured"),
                "source_status": raw["status"].replace("recalled, unverified", "from general knowledge"),
            }
        )
    return rows


def _reliability(root: Path, sources: Sources) -> list[Row]:
    same = (
        *("study", "measure", "value_pct", "n_honoured", "n_cases", "ci95_low_pct", "ci95_high_pct"),
        *("period_start_year", "period_end_year", "unit_of_observation", "alliance_type", "definition"),
    )
    rows = []
    for raw in read(root, "history/alliance_reliability.csv"):
        if raw["status"] == "computed":
            continue
        rows.append(
            {
                "rate": f"R{len(rows) + 1:02d}",
                **{k: raw[k] for k in same},
                "multilateral": {"yes": "true", "no": "false"}.get(raw["multilateral"], ""),
                "source": sources.id_of(raw["source"]),
                "as_of": sources.known(raw["source"]),
                "status": status_of(raw["status"]),
                "source_status": raw["status"],
            }
        )
    return rows


def _burden(root: Path, sources: Sources) -> list[Row]:
    same = (
        *("study", "quantity", "value", "value_low", "value_high", "unit", "period_start_year"),
        *("period_end_year", "n", "sample", "method", "finding"),
    )
    rows: list[Row] = []
    for raw in read(root, "history/burden_sharing.csv"):
        if raw["study"].endswith("(table)"):
            continue
        row = {k: rows[-1][k] if raw[k] == "same" else raw[k] for k in same}
        row["study"] = (
            row["study"].replace("This file", "Own computation").replace("(check from SIPRI)", "(check)")
        )
        year = next((w for w in raw["study"].replace(",", " ").split() if w.isdigit() and len(w) == 4), "")
        source = sources.id_of(raw["source"])
        rows.append(
            {
                "finding_id": f"B{len(rows) + 1:02d}",
                **row,
                "finding": row["finding"].replace("(recalled)", ""),
                "source": source,
                "as_of": sources.published(source)
                or end_of(year)
                or end_of(raw["period_end_year"])
                or "2025-04-30",
                "status": status_of(raw["status"]),
                "source_status": raw["status"].replace("unverified", "from general knowledge"),
            }
        )
    return rows


def _alliances(root: Path, sources: Sources) -> list[Row]:
    same = ("date_precision", "alliance", "article", "event_type", "trigger", "outcome", "outcome_code")
    rows = []
    for raw in read(root, "history/nato_msl.csv"):
        rows.append(
            {
                "event": raw["event_id"],
                "date": end_of(raw["date"]),
                "date_end": end_of(raw["date_end"]),
                **{k: raw[k] for k in same},
                "actors": raw["actors_iso3"],
                "note": raw["note"].replace("recalled, unverified", "from general knowledge"),
                "source": sources.id_of(raw["source"]),
                "as_of": end_of(raw["date_end"]) or end_of(raw["date"]),
                "status": status_of(raw["status"], "measured"),
                "source_status": raw["status"].replace("unverified", "from general knowledge"),
            }
        )
    return rows


def _lags(sources: Sources) -> list[Row]:
    with (HERE / "publication_lags.csv").open(encoding="utf-8", newline="") as handle:
        return [
            {**row, "source": sources.id_of("general-knowledge"), "as_of": "1949-04-04"}
            for row in csv.DictReader(handle)
        ]
