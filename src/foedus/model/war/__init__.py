"""The war in the partner's country, stand-alone: attrition, aid, front, bargaining, options, imposed settlement, forces freed.

One draw of one war is a ``Start``, a register sample and ``Luck``; ``step.run`` carries it through the quarters of a ``Plan``.
Pure functions on arrays, float32. The reduced form that scenarios use is ``foedus.model.ukraine``.
"""
