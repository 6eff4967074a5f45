"""Treaties and statutes as dated, cited, executable procedures. Dates in, timelines out.

    >>> from foedus import law
    >>> law.leave("USA", "2025-03-01", ignore_statute=True, suit=False).effective.p50
    datetime.date(2026, 3, 1)

An analysis aid and no legal advice.
"""

from foedus.law.acceding import accede as accede
from foedus.law.attacking import attack as attack
from foedus.law.hollowing import drawdown as drawdown
from foedus.law.hollowing import suspend as suspend
from foedus.law.hollowing import withhold as withhold
from foedus.law.leaving import effect_distribution as effect_distribution
from foedus.law.leaving import leave as leave
from foedus.law.leaving import sample_withdrawals as sample_withdrawals
from foedus.law.register import Branch as Branch
from foedus.law.register import branches as branches
from foedus.law.selling import sale as sale
from foedus.law.terminating import precedents as precedents
from foedus.law.terminating import terminate as terminate
from foedus.law.timeline import Effective as Effective
from foedus.law.timeline import Step as Step
from foedus.law.timeline import Timeline as Timeline
