"""Kinds of source, one file each; a module offers `SOURCE`."""
