"""Who holds a base: asked of the system's file locks, without opening the base."""

import errno
import os
import struct
import sys
from pathlib import Path

from launch.words import Refusal

LAYOUT = "qqihh" if sys.platform == "darwin" else "hhqqi4x"
"""`struct flock`: macOS puts start, length, pid, type, whence; Linux type, whence, start, length, pid."""


def refuse_if_held(base: Path) -> None:
    """Raise Refusal when another process has the base open, or when it may not be opened at all."""
    try:
        pid = holder(base)
    except OSError as error:
        raise Refusal("base_unreadable", base=base) from error
    if pid is not None:
        raise Refusal("base_held", base=base, pid=pid or "?")


def holder(base: Path) -> int | None:
    """The process that holds `base`; 0 when it cannot be named, None when the base is free or not there.

    DuckDB locks the whole file with fcntl where there is one, and opens it unshared on Windows.
    Raises OSError when the file exists and may not be read and written.
    """
    if not base.exists():
        return None
    try:
        descriptor = os.open(base, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except PermissionError as error:
        if sys.platform == "win32" and getattr(error, "winerror", 0) == 32:
            return 0
        raise
    try:
        return _lock_owner(descriptor)
    finally:
        os.close(descriptor)


def _lock_owner(descriptor: int) -> int | None:
    if sys.platform == "win32":
        return None
    import fcntl

    if sys.platform == "darwin":
        question = struct.pack(LAYOUT, 0, 0, 0, fcntl.F_WRLCK, os.SEEK_SET)
    else:
        question = struct.pack(LAYOUT, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    try:
        answer = struct.unpack(LAYOUT, fcntl.fcntl(descriptor, fcntl.F_GETLK, question))
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOTSUP, errno.ENOLCK):  # a disk that knows no locks
            return None
        raise
    pid, kind = (answer[2], answer[3]) if sys.platform == "darwin" else (answer[4], answer[0])
    return None if kind == fcntl.F_UNLCK else max(pid, 0)
