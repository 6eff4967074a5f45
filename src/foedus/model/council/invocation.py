"""The council on invoking Article 5, in the closed form that the quarter's step can afford.

The question is one option against none, by the silence procedure of `consensus.silence`. Member j is willing to join with chance
``q_j``: then it gains its stake from the decision, else it loses it. A willing member keeps the silence; an unwilling one breaks it
with chance ``veto``, for standing alone has a price. Wills are independent, so the expectation of the full procedure over all wills is

    consensus = prod_j (1 - veto * (1 - q_j))

The ally attacked does not object. The patron is a member as long as the treaty binds it, dormant or not, so its own seat is one more
factor. Power and salience play no part: under unanimity every member counts the same.
Units: probabilities. Source: design 4.5; practice of the North Atlantic Council (law rule council.consensus). Invariants: equals
the mean of `consensus.silence` over wills; never falls with anyone's willingness; a member without a seat changes nothing.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model import sums
from foedus.model.state import Array


def consensus(veto: Array, unwilling: Array, patron_unwilling: Array, seat: Array | float) -> Array:
    """Return the chance that nobody breaks the silence on the defence of each ally, shape (N,).

    ``unwilling`` (M, N): chance that row would rather not fight for column, 0 for the ally itself; ``patron_unwilling`` (N,);
    ``seat`` (): chance that the patron still sits in the council.
    """
    silent = 1.0 - veto * jnp.asarray(unwilling)
    start = jnp.asarray(1.0 - veto * seat * patron_unwilling)
    agreed: Array = sums.folded(len(unwilling), lambda member, so_far: so_far * silent[member], start)
    return agreed


def carried(agreed: Array, discount: Array) -> Array:
    """Return the share of joining that is left: whole with consensus, discounted for a coalition of the willing without it."""
    return agreed + (1.0 - agreed) * discount
