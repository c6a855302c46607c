"""What an exception of a library means for the file that it read."""

import errno

from schemas.problems import Problem

DISK_FULL = Problem("disk-full", "", "The disk of the catalogue is full; make room, then the file is read again.")
"""Not the file's fault: the file goes on waiting."""
_WORDS = (
    (errno.ENOSPC, "No space left on device", DISK_FULL),
    (errno.EDQUOT, "Disk quota exceeded", DISK_FULL),
    (errno.EFBIG, "File too large", Problem(
        "too-large", "", "What is made of this file is larger than may be written; split it into smaller files.")),
)  # fmt: skip


def fault(error: Exception) -> Problem:
    """Return the Problem that an exception stands for; libraries wrap what the system says, so its words count too."""
    for number, words, problem in _WORDS:
        if getattr(error, "errno", None) == number or words in str(error):
            return problem
    cause = f"{type(error).__name__}: {str(error)[:300]}"
    return Problem("unreadable", "", f"This file cannot be read as a table ({cause}); open it in its program and save it again.")
