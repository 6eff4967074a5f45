"""An act of several states told once for each, and one act told twice told once."""

from __future__ import annotations

from dataclasses import replace

from foedus.evidence.actors import name_of
from foedus.evidence.eventcast import Parties
from foedus.evidence.records import Event

_OF_EACH = frozenset(
    ("deploy", "withdraw_forces", "provide_aid", "pledge_aid", "withhold_aid", "approve_sale", "approve_emergency", "raise_defence_spending", "affirm_commitment")
)  # fmt: skip
"""Acts that several states do, or have done to them, each for itself."""


def once(events: list[Event]) -> list[Event]:
    """Events without those that tell the same act of the same parties again."""
    kept: list[Event] = []
    for event in events:
        same = next((e for e in kept if (e.action, e.actor_code) == (event.action, event.actor_code)), None)
        targets = {same.target_code, event.target_code} if same else set()
        if same is None or (len(targets) > 1 and None not in targets and event.action != "consult"):
            kept.append(event)
        elif same.target_code is None and event.target_code is not None and event.action != "consult":
            kept[kept.index(same)] = event
    return kept


def with_each(event: Event, who: Parties) -> list[Event]:
    """An act of several states, or done to several, once for each of them."""
    if event.action not in _OF_EACH:
        return [event]
    actors: list[str | None] = (
        [code for code in who.actors if code != event.target_code] if event.actor_code in who.actors else []
    )
    targets: list[str | None] = (
        [code for code in who.targets if code not in who.actors] if event.target_code in who.targets else []
    )
    by, to = actors or [event.actor_code], targets or [event.target_code]
    return [
        replace(
            event, actor_code=actor, actor=name_of(actor) if actor else event.actor, target_code=target,
            target=name_of(target) if target else event.target,
        )
        for actor in by
        for target in to
    ]  # fmt: skip
