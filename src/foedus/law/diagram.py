"""The picture of a procedure: states in rows, the ways between them as arcs on the left, as plain SVG."""

from __future__ import annotations

import re
from html import escape

from foedus.law.procedure import Procedure, State

ROW = 26
TOP = 34
RIGHT = 760
MARK_X = 250
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
MAX_TEXT = 92


def svg(entry: Procedure) -> str:
    """Return the picture of a procedure with title and description for screen readers."""
    rows = {name: TOP + ROW * i for i, name in enumerate(entry.order)}
    height = TOP + ROW * len(rows)
    words = "; ".join(f"{plain(s.actor)}: {plain(s.step)}" for s in (entry.states[n] for n in entry.order))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MARK_X + RIGHT} {height}" role="img" '
        'aria-labelledby="title desc" font-family="Helvetica, Arial, sans-serif" font-size="12">',
        f'<title id="title">{escape(entry.title)}</title>',
        f'<desc id="desc">{escape(words)}</desc>',
        f'<rect width="{MARK_X + RIGHT}" height="{height}" fill="#ffffff"/>',
    ]
    longest = max((rows[a.go] - rows[n] for n in entry.order for a in entry.states[n].arcs), default=ROW)
    for name in entry.order:
        parts.extend(_arcs(entry.states[name], rows, longest))
    for name in entry.order:
        parts.extend(_row(entry.states[name], rows[name]))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _arcs(state: State, rows: dict[str, int], longest: int) -> list[str]:
    start = rows[state.id]
    found = []
    ways = dict.fromkeys(arc.go for arc in state.arcs)
    for target in ways:
        end = rows[target]
        reach = 22 + (MARK_X - 40) * (end - start) / longest
        is_no = state.decide is not None and target == state.decide.no.go and len(ways) > 1
        colour = VERMILION if is_no else BLUE if state.decide else GREY
        dash = ' stroke-dasharray="4 3"' if is_no else ""
        x = MARK_X - 8
        curve = f"M {x} {start} C {x - reach:.0f} {start}, {x - reach:.0f} {end}, {x} {end}"
        found.append(f'<path d="{curve}" fill="none" stroke="{colour}" stroke-width="1.3"{dash}/>')
        found.append(f'<path d="M {x} {end} l -7 -3.5 l 0 7 z" fill="{colour}"/>')
    return found


def _row(state: State, y: int) -> list[str]:
    if state.end:
        fill = GREEN if state.end == "effect" else "#ffffff"
        mark = f'<rect x="{MARK_X - 6}" y="{y - 6}" width="12" height="12" fill="{fill}" stroke="#000000"/>'
    elif state.decide:
        points = f"{MARK_X},{y - 7} {MARK_X + 7},{y} {MARK_X},{y + 7} {MARK_X - 7},{y}"
        mark = f'<polygon points="{points}" fill="#ffffff" stroke="{BLUE}" stroke-width="1.5"/>'
    else:
        mark = f'<circle cx="{MARK_X}" cy="{y}" r="5" fill="{GREY}"/>'
    actor, step = plain(state.actor), plain(state.step)
    room = max(20, MAX_TEXT - len(actor))
    step = step if len(step) <= room else step[: room - 1].rstrip() + "…"
    text = f'<tspan font-weight="bold">{escape(actor)}:</tspan> {escape(step)}'
    return [mark, f'<text x="{MARK_X + 16}" y="{y + 4}" fill="#222222">{text}</text>']


def plain(text: str) -> str:
    """Return a step's text with its placeholders as words: ``{member_name}`` becomes ‹member›."""
    return re.sub(r"\{(\w+?)(?:_name|_text|_label)?\}", lambda m: f"‹{m.group(1).replace('_', ' ')}›", text)
