"""The automatic audit: what is good about a dataset, what is not, what to do first; see `catalog.quality.base`."""
