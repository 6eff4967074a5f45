"""Collective decisions among members with positions, salience and power."""

from foedus.model.council.members import Council as Council
from foedus.model.council.members import weighted_mean as weighted_mean
from foedus.model.council.members import weighted_median as weighted_median
