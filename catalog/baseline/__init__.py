"""Simple reproducible models of datasets that state a target and splits: the score that a better model must beat."""
