"""How AI Hub writes: its file trees as drawn text and its dataset pages."""
