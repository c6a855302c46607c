"""Sources, runs, and what runs remember of raw records."""
