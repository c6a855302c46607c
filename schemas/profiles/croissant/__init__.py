"""Parts of the Croissant profile: the document, its files, fields, splits, statistics, usage terms, and what it must satisfy."""
