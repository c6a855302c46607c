"""Quality checks, one file each, found by themselves; a module offers `CHECK` (see `catalog.quality.base`)."""
