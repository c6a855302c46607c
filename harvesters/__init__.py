"""Where others keep their datasets: one file per kind of source, one guarded HTTP client, one runner."""
