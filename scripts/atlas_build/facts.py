"""Published figures to check the tables against, each with the query that computes it."""

from __future__ import annotations

import csv
from pathlib import Path

from scripts.atlas_build.common import ATLAS, Row, Sources, end_of, plain, read, status_of, write

QUERIES = Path(__file__).parent / "fact_queries.csv"
_TABLES = {
    "us_forces_posture.csv": ("us_posture", "event", ("area", "description"), ("central", "low", "high")),
    "replacement_cost.csv": (
        "replacement_costs",
        "cost",
        ("study", "item"),
        (
            *("quantity", "total_high_usd_billion", "total_low_usd_billion", "native_high_billion"),
            *("native_low_billion", "unit_cost_high_usd_million", "unit_cost_low_usd_million", "horizon_years"),
        ),
    ),
    "enablers.csv": ("enablers", "enabler", ("domain", "metric"), ("us_share_pct", "us", "europe")),
    "theatre.csv": ("theatre", "parameter_id", ("parameter", "location"), ("central", "high", "low")),
    "equipment_crosscheck.csv": ("equipment_checks", "", ("member", "item"), ("value",)),
}


def compile_facts(root: Path, sources: Sources) -> dict[str, int]:
    """Write the table facts. Needs the other tables to be written."""
    with QUERIES.open(encoding="utf-8", newline="") as handle:
        queries = {row["fact"]: row for row in csv.DictReader(handle)}
    rows = [
        *_members(root, sources, queries),
        *_anchors(root, sources, queries, "ukraine/anchor_facts.csv", "ukraine"),
        *_anchors(root, sources, queries, "arms_sales/anchor_facts.csv", "arms_sales"),
        *_deterrence(root, sources, queries),
    ]
    return {"facts": write("facts", rows)}


def _computed(query: Row, default_tolerance: str) -> Row:
    return {
        "query": query["query"],
        "tolerance": (query["tolerance"] or default_tolerance) if query["query"] else "",
        "comparison": query["comparison"] or "equal",
        "reason": query["reason"],
    }


def _members(root: Path, sources: Sources, queries: dict[str, Row]) -> list[Row]:
    return [
        {
            "fact": raw["fact_id"],
            "topic": "spending" if not raw["fact_id"].startswith("trade") else "trade",
            "statement": raw["statement"],
            "value": plain(raw["value"]),
            "unit": raw["unit"].removesuffix("_at_least"),
            "year": raw["year"],
            **_computed(queries[raw["fact_id"]], raw["tolerance"] or "0"),
            "source": sources.id_of(raw["source"]),
            "as_of": end_of(raw["vintage"]),
            "status": "estimated",
        }
        for raw in read(root, "members/facts_check.csv")
    ]


def _anchors(root: Path, sources: Sources, queries: dict[str, Row], name: str, topic: str) -> list[Row]:
    rows = []
    before = ""
    for raw in read(root, name):
        before = raw["source"] if raw["source"] != "same" else before
        if "unverified" in raw["status"]:
            continue
        date = raw["unit"] == "date"
        value = raw["value"].replace("-", "") if date else raw["value"]
        source = sources.id_of(before)
        decimals = len(value.partition(".")[2])
        rows.append(
            {
                "fact": raw["fact_id"],
                "topic": topic,
                "statement": raw["statement"],
                "value": value,
                "unit": "yyyymmdd" if date else raw["unit"].removesuffix("_at_least"),
                **_computed(queries[raw["fact_id"]], f"{0.5 * 10**-decimals:.6f}" if decimals else "0"),
                "source": source,
                "as_of": sources.published(source) or end_of(raw.get("as_of", "")),
                "status": status_of(raw["status"], "measured" if topic == "arms_sales" else "estimated"),
                "source_status": raw["status"],
            }
        )
    return rows


def _deterrence(root: Path, sources: Sources, queries: dict[str, Row]) -> list[Row]:
    rows = []
    for raw in read(root, "forces/deterrence_anchor_facts.csv"):
        if raw["value_kind"] == "unverified":
            continue
        query = queries.get(raw["fact_id"]) or _found(raw)
        source = sources.id_of(raw["source"])
        rows.append(
            {
                "fact": raw["fact_id"],
                "topic": raw["topic"],
                "statement": raw["statement"],
                "value": plain(raw["value"]),
                "unit": raw["unit"],
                **_computed(query, "0"),
                "source": source,
                "as_of": sources.known(raw["source"], raw["as_of"]) or query["as_of"],
                "status": status_of(raw["status"]),
                "source_status": raw["status"],
            }
        )
    return rows


def _found(raw: Row) -> Row:
    """Point the fact at the cell of our tables that holds it: same wording, same value."""
    table, key, words, columns = _TABLES[raw["table"]]
    with (ATLAS / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        candidates = [r for r in csv.DictReader(handle) if all(_said(r[w], raw["statement"]) for w in words)]
    for row in candidates:
        for column in columns:
            if row[column] and float(row[column]) == float(raw["value"]):
                where = f"{key} = '{row[key]}'" if key else _where_check(row)
                query = f"SELECT {column} FROM {table} WHERE {where}"
                return {"query": query, "tolerance": "", "comparison": "", "reason": "", "as_of": row["as_of"]}
    raise LookupError(f"no cell of {table} holds {raw['fact_id']}: {raw['statement']} = {raw['value']}")


def _said(word: str, statement: str) -> bool:
    return not word or " ".join(word.split()) in " ".join(statement.split())


def _where_check(row: Row) -> str:
    return f"member = '{row['member']}' AND item = '{row['item']}' AND observed = '{row['observed']}'"
