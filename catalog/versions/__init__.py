"""Immutable numbered versions of datasets' files: cut when files changed, compared, kept for download."""
