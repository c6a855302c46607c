"""Nothing leaves by a side door: canaries, and worlds with and without what is hidden."""
