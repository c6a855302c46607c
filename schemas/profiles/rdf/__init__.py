"""What the RDF profiles share: namespaces, term tables, safe parsing, canonical records and the four ways to write a graph."""
