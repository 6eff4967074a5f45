"""Systems whose register entries belong to a module of their own and are not drawn in a run of scenarios."""

STAND_ALONE = ("war",)
