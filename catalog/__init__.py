"""What we promise about datasets: publishing, access, quality, search, download. No web framework, no engine outside adapters."""
