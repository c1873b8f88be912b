"""What `start.py` understands, and the walk from a bare machine to an open app."""

import contextlib
import os
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import checks, server
from launch.environment import ROOT, Environment, Say, clean_environ
from launch.holder import refuse_if_held
from launch.waiting import WaitingPage
from launch.words import Refusal, machine_language, sentence


class Misuse(Refusal):
    """The command was not understood: exit code 2."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    port: int | None
    browser: bool
    base: Path


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; return the exit code. Every refusal is one sentence on stderr."""
    lang = machine_language()

    def say(key: str, **values: object) -> None:
        done, total = values.get("done"), values.get("total")
        if isinstance(done, int) and done % 10 and done != total:
            return  # in the terminal, the count only now and then
        print(sentence(key, lang, **values), file=sys.stderr, flush=True)

    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _stop)
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        match list(arguments):
            case ["run", *rest]:
                return run(rest, say)
            case ["test", *rest]:
                return checks.run_all(rest, say)
            case ["-h" | "--help" | "help", *_]:
                print(sentence("help", lang))
                return 0
            case words:
                return open_app(wishes(words), say)
    except Refusal as refusal:
        print(refusal.said(lang), file=sys.stderr)
        return 2 if isinstance(refusal, Misuse) else 1
    except KeyboardInterrupt:
        say("closed")
        return 0


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def wishes(words: Sequence[str]) -> Wishes:
    """Read `--port N`, `--no-browser`, `--base FILE` (also with `=`). Raises Misuse."""
    port, browser = None, True
    base = os.environ.get("CARNET_BASE") or str(ROOT / "data" / "carnet.duckdb")
    rest = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while rest:
        match rest:
            case ["--port", number, *rest]:
                if not number.isascii() or not number.isdigit() or not 0 < int(number) < 65536:
                    raise Misuse("port_number", port=number)
                port = int(number)
            case ["--base", base, *rest]:
                pass
            case ["--no-browser", *rest]:
                browser = False
            case [word, *_]:
                raise Misuse("usage", word=word)
    return Wishes(port, browser, Path(base).expanduser().absolute())


def run(arguments: Sequence[str], say: Say) -> int:
    """The command line, from the folder the person is in; its exit code."""
    environment = Environment()
    environment.prepare(say)
    more = {"PYTHONPATH": str(ROOT)}
    if not os.environ.get("CARNET_BASE"):
        more["CARNET_BASE"] = str(ROOT / "data" / "carnet.duckdb")
    command = environment.command("-P", "-m", "segmentation", *arguments)
    return subprocess.run(command, env=clean_environ(**more), check=False).returncode


def open_app(wished: Wishes, say: Say) -> int:
    """Set up if needed, serve the app, open the browser, stay until closed."""
    environment = Environment()
    browser = wished.browser and _has_screen()
    if url := server.already_open(environment, wished.base):
        say("already_open", url=url)
        return 0 if browser and webbrowser.open(url) else 1
    port = _port(wished.port, say)
    refuse_if_held(wished.base)
    page = None
    if not environment.is_ready():
        page = WaitingPage() if browser else None
        if page:
            webbrowser.open(page.url)
        _prepare(environment, page, say)
    served = server.start(environment, port, wished.base)
    try:
        _tell(page, say, "starting")
        served.wait_until_it_answers()
        served.open_first_session(environment)
        print(sentence("open", machine_language(), url=served.url), flush=True)
        if not (page and page.ready(served.url)) and browser:
            webbrowser.open(served.url)
        code = served.process.wait()
        raise Refusal("server_stopped", code=code)
    except Refusal as refusal:
        if page:
            page.failed(refusal.key, refusal.values)
        raise
    finally:
        served.close()


def _prepare(environment: Environment, page: WaitingPage | None, say: Say) -> None:
    try:
        environment.prepare(lambda key, **values: _tell(page, say, key, **values))
    except Refusal as refusal:
        if page:
            page.failed(refusal.key, refusal.values)
        raise


def _tell(page: WaitingPage | None, say: Say, key: str, **values: object) -> None:
    """One step, on the page and in the terminal."""
    if page:
        page.say(key, **values)
    say(key, **values)


def _port(asked: int | None, say: Say) -> int:
    """The port asked for, which must be free; else the usual one, or the next free one."""
    if server.is_free(asked or server.PORT):
        return asked or server.PORT
    other = server.next_free(asked or server.PORT)
    if asked:
        raise Refusal("port_taken", port=asked, other=other)
    say("port_moved", port=server.PORT, other=other)
    return other


def _has_screen() -> bool:
    """A browser would open in a window, not inside the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
