# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2.0", "shapely>=2.1"]
# ///
"""Compile the small map of Europe that the report carries.

Source: Natural Earth 1:50m country boundaries (public domain), edition 4.1, as the TopoJSON file
``countries-50m.json`` of the npm package ``world-atlas`` (2.0.2, ISC).

    npm pack world-atlas@2 && tar xzf world-atlas-2.0.2.tgz
    uv run --script scripts/compile_map.py package/countries-50m.json src/foedus/report/data/europe.json

Steps: join the shared border lines, simplify each line once (so that neighbours still meet), project to
Lambert's azimuthal equal-area plane, cut to a window on Europe, round, write GeoJSON in plane coordinates. Two
corrections to the source's de facto boundaries, in line with General Assembly resolution 68/262 and Security
Council resolution 541: Crimea is part of Ukraine, and Cyprus is one state. Decision 080 gives the reasons.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box, mapping, shape
from shapely.ops import unary_union
from shapely.validation import make_valid

CENTRE_LON, CENTRE_LAT = 13.0, 54.0
EARTH_RADIUS_KM = 6371.0
WINDOW_KM = (-2150.0, -2150.0, 2720.0, 2030.0)
LINE_TOLERANCE_DEG = 0.035
SMALLEST_ISLAND_KM2 = 120.0
CRIMEA_POINT = (34.2, 45.3)
SMALL_STATE_KM2 = 30_000.0

# ISO 3166-1 numeric code in the source -> alpha-3 code and the short English name used in the report.
COUNTRIES = {
    "008": ("ALB", "Albania"), "056": ("BEL", "Belgium"), "100": ("BGR", "Bulgaria"), "203": ("CZE", "Czechia"),
    "276": ("DEU", "Germany"), "208": ("DNK", "Denmark"), "724": ("ESP", "Spain"), "233": ("EST", "Estonia"),
    "246": ("FIN", "Finland"), "250": ("FRA", "France"), "826": ("GBR", "United Kingdom"),
    "300": ("GRC", "Greece"), "191": ("HRV", "Croatia"), "348": ("HUN", "Hungary"),
    "352": ("ISL", "Iceland"), "380": ("ITA", "Italy"),
    "440": ("LTU", "Lithuania"), "442": ("LUX", "Luxembourg"), "428": ("LVA", "Latvia"),
    "807": ("MKD", "North Macedonia"), "499": ("MNE", "Montenegro"), "528": ("NLD", "Netherlands"),
    "578": ("NOR", "Norway"), "616": ("POL", "Poland"), "620": ("PRT", "Portugal"), "642": ("ROU", "Romania"),
    "703": ("SVK", "Slovakia"), "705": ("SVN", "Slovenia"), "752": ("SWE", "Sweden"), "792": ("TUR", "Türkiye"),
    "643": ("RUS", "Russia"), "804": ("UKR", "Ukraine"), "112": ("BLR", "Belarus"),
}  # fmt: skip
SAME_STATE = {"248": "246", "N. Cyprus": "196"}


def decode_arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """Undo the quantised delta encoding and simplify each shared line once."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        closed = points[0] == points[-1]
        simple = LineString(points).simplify(LINE_TOLERANCE_DEG)
        arcs.append(points if closed and len(simple.coords) < 4 else list(simple.coords))
    return arcs


def ring(indices: list[int], arcs: list) -> list[tuple[float, float]]:
    """Join arcs, reversed where the index is negative, into one closed ring with no jump at 180 degrees."""
    points: list[tuple[float, float]] = []
    for index in indices:
        part = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(part[1:] if points else part)
    unwrapped = points[:1]
    for lon, lat in points[1:]:
        turns = round((lon - unwrapped[-1][0]) / 360)
        unwrapped.append((lon - 360 * turns, lat))
    return unwrapped


def parts(geometry: dict, arcs: list) -> list[Polygon]:
    """The polygons of one country in longitude and latitude."""
    rings = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    made = [Polygon(ring(r[0], arcs), [ring(h, arcs) for h in r[1:]]) for r in rings]
    return [p if p.is_valid else make_valid(p) for p in made]


def project(lon_lat: np.ndarray) -> np.ndarray:
    """Lambert azimuthal equal-area, kilometres; rows of longitude and latitude in, rows of x and y out."""
    lam, phi = np.radians(lon_lat[:, 0] - CENTRE_LON), np.radians(lon_lat[:, 1])
    sin0, cos0 = math.sin(math.radians(CENTRE_LAT)), math.cos(math.radians(CENTRE_LAT))
    k = np.sqrt(2 / (1 + sin0 * np.sin(phi) + cos0 * np.cos(phi) * np.cos(lam)))
    x = EARTH_RADIUS_KM * k * np.cos(phi) * np.sin(lam)
    y = EARTH_RADIUS_KM * k * (cos0 * np.sin(phi) - sin0 * np.cos(phi) * np.cos(lam))
    return np.column_stack([x, y])


def near_europe(polygon: Polygon) -> bool:
    """Whether the polygon touches a generous window of longitudes and latitudes around Europe."""
    return polygon.intersects(box(-35, 25, 75, 82))


def cut(polygons: list[Polygon]) -> MultiPolygon:
    """Project, cut to the window and drop islets."""
    european = [p.intersection(box(-35, 25, 75, 82)) for p in polygons if near_europe(p)]
    plane = [make_valid(shapely.transform(p, project)) for p in european if not p.is_empty]
    whole = unary_union(plane).intersection(box(*WINDOW_KM)) if plane else MultiPolygon()
    pieces = [p for p in getattr(whole, "geoms", [whole]) if p.geom_type == "Polygon" and not p.is_empty]
    largest = max((p.area for p in pieces), default=0)
    return MultiPolygon([p for p in pieces if p.area >= min(SMALLEST_ISLAND_KM2, largest)])


def countries(topology: dict) -> dict[str, list[Polygon]]:
    """Polygons by source code, with Crimea and Cyprus put where international law puts them."""
    arcs = decode_arcs(topology)
    found: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry.get("id") or geometry["properties"]["name"]
        found.setdefault(SAME_STATE.get(code, code), []).extend(parts(geometry, arcs))
    crimea = [p for p in found["643"] if p.contains(shape({"type": "Point", "coordinates": CRIMEA_POINT}))]
    if crimea:
        found["643"] = [p for p in found["643"] if p not in crimea]
        found["804"] = [unary_union([*found["804"], *crimea])]
    elif not any(p.contains(shape({"type": "Point", "coordinates": CRIMEA_POINT})) for p in found["804"]):
        raise SystemExit("Crimea is in neither Russia nor Ukraine in this source: check the boundaries")
    return found


def rounded(coordinates):
    """Whole kilometres: finer than a pixel at any width at which the report shows the map."""
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0]), round(coordinates[1])]
    return [rounded(c) for c in coordinates]


def wound(multi: MultiPolygon) -> dict:
    """GeoJSON with whole-kilometre coordinates."""
    found = mapping(multi)
    return {"type": "MultiPolygon", "coordinates": rounded(found["coordinates"])}


def feature(code: str, polygons: list[Polygon]) -> dict | None:
    """One country, or a nameless neighbour drawn as background."""
    shape_km = cut(polygons)
    if shape_km.is_empty:
        return None
    iso3, name = COUNTRIES.get(code, ("", ""))
    main = max(shape_km.geoms, key=lambda p: p.area)
    label = main.representative_point()
    small = bool(iso3) and shape_km.area < SMALL_STATE_KM2
    properties = {"iso3": iso3, "name": name, "x": round(label.x), "y": round(label.y), "small": small}
    return {"type": "Feature", "properties": properties, "geometry": wound(shape_km)}


def main(source: str, target: str) -> None:
    """Read the world, write Europe."""
    topology = json.loads(Path(source).read_text())
    made = [feature(code, polygons) for code, polygons in countries(topology).items()]
    named = [f for f in made if f and f["properties"]["iso3"]]
    rest = [f for f in made if f and not f["properties"]["iso3"]]
    pieces = [c for f in rest for c in f["geometry"]["coordinates"]]
    nameless = {"iso3": "", "name": "", "x": 0, "y": 0, "small": False}
    background = {
        "type": "Feature",
        "properties": nameless,
        "geometry": {"type": "MultiPolygon", "coordinates": pieces},
    }
    missing = {v[0] for v in COUNTRIES.values()} - {f["properties"]["iso3"] for f in named}
    if missing:
        raise SystemExit(f"not found in the source: {sorted(missing)}")
    out = {
        "type": "FeatureCollection",
        "source": "Natural Earth 1:50m, edition 4.1, public domain; simplified and projected",
        "projection": f"Lambert azimuthal equal-area, centre {CENTRE_LON:g} E {CENTRE_LAT:g} N, kilometres",
        "window": list(WINDOW_KM),
        "features": [background, *sorted(named, key=lambda f: f["properties"]["iso3"])],
    }
    Path(target).write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{target}: {len(named)} countries, {Path(target).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*sys.argv[1:3])
