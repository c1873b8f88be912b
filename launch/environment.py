"""The folder `.venv` that holds what Carnet needs: made once, filled from the lock files, stamped."""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from launch.words import Refusal

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"

Say = Callable[..., None]
"""say(key, **values): tells the person one step, by the key of its sentence."""

SIGNS = (
    ("disk_full", ("No space left on device", "os error 28", "WinError 112", "There is not enough space")),
    ("certificate", ("CERTIFICATE_VERIFY_FAILED", "SSLCertVerificationError", "invalid peer certificate")),
    (
        "network_missing",
        (
            "NewConnectionError",
            "ConnectTimeoutError",
            "NameResolutionError",
            "Temporary failure in name resolution",
            "Name or service not known",
            "nodename nor servname",
            "getaddrinfo failed",
            "Network is unreachable",
            "Connection refused",
            "ProxyError",
            "ReadTimeoutError",
            "Connection reset",
            "dns error",
            "error sending request",
            "Could not connect",
            "Failed to fetch",
        ),
    ),
    (
        "no_component",
        ("No matching distribution found", "no wheels with a matching", "has no wheels", "no wheel"),
    ),
)
"""What an installer's output holds, and the refusal it means; the first that matches is said."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One `.venv` and the lock files it must hold."""

    folder: Path = ROOT / ".venv"
    locks: tuple[Path, ...] = (RUN_LOCK,)

    def command(self, *arguments: str | Path) -> list[str]:
        """This environment's Python with these arguments."""
        return [str(self.python), *map(str, arguments)]

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def log(self) -> Path:
        """What the last installation printed."""
        return self.folder.with_name(self.folder.name + "-install.log")

    @property
    def stamp(self) -> Path:
        """Which locks are installed, by the hash of their text."""
        return self.folder / "carnet-installed.json"

    def is_ready(self) -> bool:
        """Nothing to do: the interpreter is there and every lock was installed as it reads now."""
        held = self._stamped()
        return self._alive() and all(held.get(lock.name) == _hash(lock) for lock in self.locks)

    def prepare(self, say: Say) -> None:
        """Make and fill the environment where needed. Raises Refusal with the reason in words."""
        if self.is_ready():
            return
        with _alone(self.folder, say):
            if self.is_ready():
                return
            say("preparing")
            try:
                self._make()
                self._install(say)
            except OSError as error:
                if error.errno == 28:
                    raise Refusal("disk_full") from error
                raise Refusal("not_writable", folder=self.folder.parent) from error
            held = self._stamped() | {lock.name: _hash(lock) for lock in self.locks}
            self.stamp.write_text(json.dumps(held), encoding="utf-8")

    def _stamped(self) -> dict[str, str]:
        try:
            held = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}

    def _alive(self) -> bool:
        """The interpreter exists, and so does the Python it was made from (it may have been removed)."""
        with contextlib.suppress(OSError):
            for line in (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
                name, _, value = line.partition("=")
                if name.strip() == "home":
                    return Path(value.strip()).is_dir() and self.python.exists()
        return False

    def _make(self) -> None:
        if self._alive() and _runs([self.python, "-c", "import encodings"]):
            return
        outer = getattr(sys, "_base_executable", None) or sys.executable
        if importlib.util.find_spec("ensurepip"):
            command = [outer, "-m", "venv", "--clear", self.folder]
        elif uv := shutil.which("uv"):
            command = [uv, "venv", "--clear", "--python", outer, self.folder]
        elif importlib.util.find_spec("pip") and importlib.util.find_spec("venv"):
            command = [outer, "-m", "venv", "--clear", "--without-pip", self.folder]
        else:
            raise Refusal("venv_missing", package=_debian_package())
        self.folder.mkdir(parents=True, exist_ok=True)
        made = subprocess.run(command, capture_output=True, text=True, env=clean_environ(), check=False)
        if made.returncode:
            self.log.write_text(made.stdout + made.stderr, encoding="utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            if "ensurepip" in made.stdout + made.stderr:
                raise Refusal("venv_missing", package=_debian_package())
            raise self._refusal(made.stdout + made.stderr)

    def _installer(self) -> list[str | Path]:
        """The command that installs into the environment: its own pip, else uv, else the outer pip."""
        own: list[str | Path] = [self.python, "-m", "pip"]
        if _runs([*own, "--version"]):
            pip = own
        elif uv := shutil.which("uv"):
            return [uv, "pip", "install", "--python", self.python, "--no-config"]
        else:
            pip = [sys.executable, "-m", "pip", "--python", self.python]
        quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
        return [*pip, "install", "--no-user", "--retries", "2", *quiet]

    def _install(self, say: Say) -> None:
        command = [*self._installer(), "--require-hashes", "--only-binary", ":all:"]
        for lock in self.locks:
            command += ["-r", lock]
        total = sum(
            line[:1].isalnum() for lock in self.locks for line in lock.read_text("utf-8").splitlines()
        )
        done = 0
        lines: list[str] = []
        with (
            self.log.open("w", encoding="utf-8") as log,
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=clean_environ(),
            ) as installer,
        ):
            try:
                for line in installer.stdout or ():
                    log.write(line)
                    lines.append(line)
                    if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
                        done += 1
                        say("receiving", done=min(done, total), total=total)
                    elif line.startswith("Installing collected"):
                        say("installing")
            except BaseException:
                installer.terminate()
                raise
        if installer.returncode:
            raise self._refusal("".join(lines))

    def _refusal(self, output: str) -> Refusal:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        for key, signs in SIGNS:
            if any(sign in output for sign in signs):
                return Refusal(key, log=self.log, python=version)
        return Refusal("install_failed", log=self.log)


def clean_environ(**more: str) -> dict[str, str]:
    """The environment of a child: ours, less what would bend another interpreter, plus `more`."""
    bent = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV", "CONDA_PREFIX"}
    return {k: v for k, v in os.environ.items() if k not in bent} | {"PYTHONUTF8": "1"} | more


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _runs(command: list[str | Path]) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, env=clean_environ(), check=False).returncode
    except OSError:
        return False


def _debian_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


@contextlib.contextmanager
def _alone(folder: Path, say: Say) -> Iterator[None]:
    """Only one process at a time installs into `folder`; the next one waits for it."""
    who = str(os.getuid()) if hasattr(os, "getuid") else ""
    name = hashlib.sha256(f"{who} {folder}".encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"carnet-install-{name}.lock").open("a+") as handle:
        if sys.platform == "win32":
            import msvcrt

            def take(wait: bool) -> None:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            def take(wait: bool) -> None:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

        try:
            take(wait=False)
        except OSError:
            say("waiting_other")
            while True:
                with contextlib.suppress(OSError):
                    take(wait=True)
                    break
        yield
