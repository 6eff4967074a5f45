"""Foedus stress-tests a collective-defence alliance.

The rooms, each importing only from those before it: ``atlas`` (the record), ``law`` (procedures),
``evidence`` (news to ledger), ``model`` (the strategic model), ``scenario``, ``ensemble``,
``calibrate``, ``insight``, ``report``, ``app`` and ``cli``.
"""

__version__ = "0.1.0"
