"""`/api/viewer/`: tables in the form of the Hugging Face dataset viewer, so that its clients read ours.

`dataset` is our name of it, `config` the id of a file with a table, `split` one of its splits (`train` where it has none).
"""

from web.api.viewer import facts, pages
from web.api.viewer.answers import blueprint

__all__ = ["blueprint", "facts", "pages"]
