"""The five demo portals, one file for each kind of source; none of them imports another."""
