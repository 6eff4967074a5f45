"""Posteriors of the systems other than burden sharing: likelihoods against the record, and waves through the simulator."""
