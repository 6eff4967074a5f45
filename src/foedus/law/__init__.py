"""Treaties and statutes as dated, cited, executable procedures. Dates in, timelines out."""

from foedus.law.register import Branch as Branch
from foedus.law.register import branches as branches
from foedus.law.leaving import effect_distribution as effect_distribution
from foedus.law.leaving import leave as leave
from foedus.law.leaving import sample_withdrawals as sample_withdrawals
from foedus.law.timeline import Effective as Effective
from foedus.law.timeline import Step as Step
from foedus.law.timeline import Timeline as Timeline
