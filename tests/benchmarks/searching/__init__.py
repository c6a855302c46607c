"""Search measured: a generated catalogue, the pages that are asked of it, our engine and its peers."""
