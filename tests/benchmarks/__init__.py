"""Benchmarks: figures and ratios against named peers in one run, printed as a table; nothing here is asserted."""
