"""The app's server as a child process: a free port, its start, its health, its first session, its end."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from launch.environment import ROOT, Environment, clean_environ
from launch.words import Refusal

PORT = 8501
PATIENCE = 90
"""Seconds a server may take to answer; the very first start also compiles every library."""


def is_free(port: int) -> bool:
    """Nobody listens on this machine's port."""
    with socket.socket() as knock:
        knock.settimeout(0.5)
        if knock.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as seat:
        if os.name == "posix":
            seat.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            seat.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def next_free(port: int) -> int:
    """The first free port above `port`, else any free one."""
    for candidate in range(port + 1, min(port + 50, 65536)):
        if is_free(candidate):
            return candidate
    with socket.socket() as seat:
        seat.bind(("127.0.0.1", 0))
        return int(seat.getsockname()[1])


def answers(port: int) -> bool:
    """A Streamlit server is well on this port."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as reply:
            return bool(reply.read(8) == b"ok")
    except (OSError, urllib.error.URLError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of one base."""

    process: subprocess.Popen[bytes]
    port: int
    note: Path

    @property
    def url(self) -> str:
        """The app's address."""
        return f"http://127.0.0.1:{self.port}"

    def wait_until_it_answers(self) -> None:
        """Return when the server is well. Raises Refusal when it died or takes too long."""
        end = time.monotonic() + PATIENCE
        while not answers(self.port):
            if (code := self.process.poll()) is not None:
                raise Refusal("server_died", code=code)
            if time.monotonic() > end:
                raise Refusal("server_slow", seconds=PATIENCE)
            time.sleep(0.05)

    def open_first_session(self, environment: Environment) -> None:
        """Let the app run once. A failure is not fatal: the app says its own errors in the browser."""
        opener = Path(__file__).with_name("first_session.py")
        stream = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                environment.command(opener, stream, "30"),
                env=clean_environ(),
                capture_output=True,
                timeout=40,
                check=False,
            )

    def close(self) -> None:
        """End the server, politely first."""
        self.note.unlink(missing_ok=True)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def start(environment: Environment, port: int, base: Path) -> Server:
    """Start the app on one port of this machine, for one base."""
    command = environment.command("-m", "streamlit", "run", ROOT / "app.py")
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    process = subprocess.Popen(
        [*command, "--logger.level", "warning"],
        cwd=ROOT,
        env=clean_environ(CARNET_BASE=str(base)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    note = environment.folder / f"carnet-open-{port}.json"
    with contextlib.suppress(OSError):
        note.write_text(json.dumps({"port": port, "base": str(base)}), encoding="utf-8")
    return Server(process, port, note)


def already_open(environment: Environment, base: Path) -> str | None:
    """The address of a Carnet that already serves this base."""
    for note in environment.folder.glob("carnet-open-*.json"):
        try:
            told = json.loads(note.read_text(encoding="utf-8"))
            port, served = int(told["port"]), told["base"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if not answers(port):
            note.unlink(missing_ok=True)
        elif served == str(base):
            return f"http://127.0.0.1:{port}"
    return None
