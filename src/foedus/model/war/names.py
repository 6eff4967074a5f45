"""Donors, items and sides of the war module: names only, so that a question can be checked without loading the model."""

DONORS = ("USA", "EU", "other")
ITEMS = ("shells", "air_defence", "armour", "other_arms", "money")
SIDES = ("adversary", "partner")
ARMS = 4
"""The first items are arms; the last is money."""
SHELLS, AIR_DEFENCE, ARMOUR, OTHER_ARMS, MONEY = range(5)
PATRON, ADVERSARY, PARTNER = 0, 0, 1
GOES_ON, AGREED, IMPOSED, DECIDED = range(4)
"""How a war ended: not yet, by agreement, imposed by the patron, decided on the field."""
AHEAD = 12
"""Quarters that the sides look ahead: a bound on the induction; the last one counts for ever."""
