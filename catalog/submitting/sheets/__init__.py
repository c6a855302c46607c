"""Spreadsheets of metadata: one row a dataset, all of them published together or none.

    rows = catalog.sheets.read(stream, "list.xlsx", language="ru")     # Invalid with Problems at /rows/<row>/<column>
    done = catalog.sheets.publish(actor, rows)                         # dry_run=True only looks
"""
