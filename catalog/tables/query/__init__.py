"""Rows of the tables that were made of files: pages, filters, search, statistics."""
