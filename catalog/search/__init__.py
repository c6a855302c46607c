"""Search without an engine: what is asked, what is indexed, what comes back."""
