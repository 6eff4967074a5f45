"""Estimation of games of strategic choice: likelihoods, covariances, predictions, posteriors."""
