"""Personal data in tables and texts: found by column and counted, never told by value.

    search = Search(fields, labels)          # kinds of numbers and addresses are plug-ins, one file each in `kinds`
    search.look(frame)                       # block by block, in the pass that makes Parquet
    search.found()                           # [{"column", "kind", "level", "hits", "candidates", "rows"}]

`level` is `certain` or `likely`, which keep a file from being public (see `catalog.personal.levels`), or `review`, a hint for
people.
"""
