"""What the system itself keeps from a parser child, beside the limits: no network, no file but its own, no privilege.

Landlock (Linux 5.13, ABI in kernel's uapi/linux/landlock.h) and a network namespace also hold for the code of libraries in C,
which no audit hook sees. Each measure that the host does not offer is left out, and `qoima doctor` says so.
"""

import ctypes
import json
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

MEASURES = ("no-new-privileges", "no-network", "files-by-landlock")
_NO_NEW_PRIVS, _DEATH_SIGNAL, _NOT_DUMPABLE = 38, 1, 4
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_WRITE, _READ, _LIST, _REMOVE_DIR, _REMOVE, _MAKE_DIR, _MAKE, _TRUNCATE = (1 << bit for bit in (1, 2, 3, 4, 5, 7, 8, 14))
_ALL = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Rights over files that each version of Landlock knows; later ones know those of 5."""
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/share/zoneinfo", "/etc/ld.so.cache", "/dev/urandom",
           "/proc/meminfo", "/proc/cpuinfo", "/sys/devices/system/cpu")  # fmt: skip
_libc = ctypes.CDLL(None, use_errno=True)


def leave_network() -> list[str]:
    """Give up privileges to come and the network, for this process and its children; returns the measures that took hold."""
    done = [MEASURES[0]] if not _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) else []
    flags = _NEW_NET if os.geteuid() == 0 else _NEW_USER | _NEW_NET
    return done if _libc.unshare(flags) else [*done, MEASURES[1]]


def die_with_parent() -> None:
    """Let the system kill this process when its parent ends, and nobody else look into it."""
    _libc.prctl(_DEATH_SIGNAL, 9, 0, 0, 0)
    _libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def keep_to(readable: Iterable[str], writable: str) -> list[str]:
    """Leave this process the files and folders named and what libraries need of the system; returns the measures that hold."""
    abi = _libc.syscall(_CREATE_RULESET, None, 0, 1)
    if abi < 1:
        return []
    rights = _ALL[min(abi, 5)]
    handled = struct.pack("QQQ", rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)  # TCP; signals and abstract sockets
    rules = _libc.syscall(_CREATE_RULESET, handled, 24 if abi >= 6 else 16 if abi >= 4 else 8, 0)
    if rules < 0:
        return []
    for path in (*readable, *_SYSTEM):
        _allow(rules, path, (_READ | _LIST) & rights)
    _allow(rules, os.devnull, (_READ | _WRITE) & rights)
    _allow(rules, writable, (_READ | _LIST | _WRITE | _MAKE | _MAKE_DIR | _REMOVE | _REMOVE_DIR | _TRUNCATE) & rights)
    held = not _libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)
    return [MEASURES[2]] if held else []


def drop_capabilities() -> None:
    """Give up every capability of root (capset(2), version 3)."""
    _libc.capset(struct.pack("Ii", 0x20080522, 0), struct.pack("6I", 0, 0, 0, 0, 0, 0))


def _allow(rules: int, path: str, rights: int) -> None:
    if not Path(path).exists():
        return
    if not Path(path).is_dir():
        rights &= _READ | _WRITE | _TRUNCATE
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, handle), 0)
    finally:
        os.close(handle)


if __name__ == "__main__":
    held = leave_network()
    print(json.dumps([*held, *keep_to([sys.prefix], str(Path.cwd()))]))
