"""Reads AI Hub's file tree: banner, notices, then a tree drawn with `├─ └─ │` whose leaves are `name | 290 MB | 46378`."""

import re
from dataclasses import dataclass

NOT_FOUND = "페이지가 존재하지 않습니다"

_BRANCH = re.compile(r"([\s│|]*)[├└]─+\s*(.*)")
_LEAF = re.compile(r"(.+?)\s*\|\s*([\d.,]+\s*[KMGTP]?i?B)\s*\|\s*(\d+)\s*", re.IGNORECASE)
_BANNER = ("aihubshell", "공지사항", "file tree")

_SPLITS = (
    ("training", re.compile(r"(?i)train|학습")),
    ("validation", re.compile(r"(?i)valid|검증")),
    ("test", re.compile(r"(?i)(?<![a-z])test|평가|시험")),
)


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One file: `folders` from the root down, `size` in the portal's rounded words, `key` for its download."""

    folders: tuple[str, ...]
    name: str
    size: str
    key: str

    @property
    def path(self) -> str:
        """Return the place in the tree."""
        return "/".join((*self.folders, self.name))

    @property
    def split(self) -> str:
        """Return `training`, `validation` or `test` when a folder, or else the file itself, says so."""
        for part in (*reversed(self.folders), self.name):
            for split, pattern in _SPLITS:
                if pattern.search(part):
                    return split
        return ""


def is_tree(text: str) -> bool:
    """Tell whether `text` is an answer with a file tree, be it an empty one, and no error page of a gateway."""
    return any(mark in text for mark in _BANNER) or any(_BRANCH.match(line) for line in text.splitlines())


def read_tree(text: str) -> tuple[list[TreeFile], list[str]]:
    """Return the files in order, and the lines that look like files and cannot be read."""
    files: list[TreeFile] = []
    unread: list[str] = []
    above: list[tuple[int, str]] = []
    for line in text.splitlines():
        if not (branch := _BRANCH.match(line)):
            continue
        column, words = len(branch[1]), branch[2].strip()
        above = [step for step in above if step[0] < column]
        if leaf := _LEAF.fullmatch(words):
            files.append(TreeFile(tuple(name for _, name in above), leaf[1], leaf[2], leaf[3]))
        elif words.count(" | ") > 1:
            unread.append(words)
        elif words:
            above.append((column, words.rstrip("/")))
    return files, unread
