"""Decomposition, sensitivity, reverse stress test and traces."""

from foedus.insight.analyse import analyse as analyse
