"""Opens one session on a new server, so that a deep link shows its page at once.

Run by the environment's own Python (it uses `websockets`): first_session.py URL [SECONDS].
Until one session has run `app.py`, the server does not know the app's pages.
"""

import sys
import time

RERUN = b'Z*B(\n\x0cEurope/Paris\x1a\x05fr-FR"\x11http://127.0.0.1/'
"""A BackMsg: rerun_script, from a browser with a timezone, a language and an address, as a person's has."""

SCRIPT_FINISHED = 6
"""The field of a ForwardMsg that says that the script has run to its end."""


def fields(message: bytes) -> set[int]:
    """The numbers of the fields at the top of a protobuf message."""
    found, at = set(), 0
    while at < len(message):
        tag, at = varint(message, at)
        found.add(tag >> 3)
        match tag & 7:
            case 0:
                _, at = varint(message, at)
            case 1:
                at += 8
            case 2:
                size, at = varint(message, at)
                at += size
            case 5:
                at += 4
            case _:
                break
    return found


def varint(message: bytes, at: int) -> tuple[int, int]:
    """One variable-length number, and the place after it."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def open_session(url: str, seconds: float) -> bool:
    """Run the app once; whether it came to its end within `seconds`."""
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    end = time.monotonic() + seconds
    with connect(
        url, subprotocols=[Subprotocol("streamlit")], open_timeout=seconds, max_size=None, proxy=None
    ) as socket:
        socket.send(RERUN)
        while (left := end - time.monotonic()) > 0:
            message = socket.recv(timeout=left)
            if isinstance(message, bytes) and SCRIPT_FINISHED in fields(message):
                return True
    return False


if __name__ == "__main__":
    try:
        done = open_session(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 30)
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
    sys.exit(0 if done else 1)
