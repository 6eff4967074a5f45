"""Likelihoods against the record, posteriors, hindcasts and scores."""
