"""Decomposition, sensitivity, reverse stress test and traces."""
