"""The history of the tables, run from code (`qoima db upgrade`)."""
