"""Every check of the house, in one run: format, lint, types, contracts, tests. None is skipped."""

import subprocess
from collections.abc import Callable, Sequence

from launch import chromium
from launch.environment import DEV_LOCK, ROOT, RUN_LOCK, Environment, Say, clean_environ
from launch.words import machine_language, sentence

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"

CHECKS = (
    ("check_format", ("-m", "ruff", "format", "--check", ".")),
    ("check_lint", ("-m", "ruff", "check", ".")),
    ("check_types", ("-m", "mypy")),
    ("check_contracts", ("-c", LINT_IMPORTS, "--no-cache", "--no-logo")),
    ("check_browser", ("-m", "pytest", "tests/browser")),
    ("check_tests", ("-m", "pytest", "-n", "2", "--dist", "loadfile", "--ignore", "tests/browser")),
)
"""Each check: the key of its name, and what the environment's Python is given. The tests are last: those of
the browser one by one, the others shared between two processes, file by file."""

Call = Callable[[list[str]], int]
"""Runs the environment's Python with these arguments, and gives its exit code."""


def run_all(pytest_arguments: Sequence[str], say: Say) -> int:
    """Install what the checks need, run them all; 0 when every one is good. pytest has the last word."""
    environment = Environment(locks=(RUN_LOCK, DEV_LOCK))
    environment.prepare(say)
    browser = chromium.find_or_install(environment)
    more = {"CARNET_CHROMIUM": browser} if browser else {}

    def call(arguments: list[str]) -> int:
        command = environment.command(*arguments)
        return subprocess.run(command, cwd=ROOT, env=clean_environ(**more), check=False).returncode

    if not browser:
        say("chromium_missing")
    code = run_checks(call, pytest_arguments)
    return code or int(not browser)


def run_checks(call: Call, pytest_arguments: Sequence[str]) -> int:
    """Run each check whatever the others said, and name those that failed before the last tests begin.

    With ``pytest_arguments``, these tests alone instead of all.
    """
    lang = machine_language()
    failed: list[str] = []
    for key, arguments in CHECKS[: -2 if pytest_arguments else -1]:
        name = sentence(key, lang)
        print(f"── {name}", flush=True)
        if call(list(arguments)):
            failed.append(name)
            print(sentence("check_failed", lang, name=name), flush=True)
        else:
            print(sentence("check_ok", lang, name=name), flush=True)
    key, arguments = CHECKS[-1]
    print(f"── {sentence(key, lang)}", flush=True)
    if failed:
        print(sentence("check_summary", lang, names=", ".join(failed)), flush=True)
    chosen = ["-m", "pytest", *pytest_arguments] if pytest_arguments else list(arguments)
    return call(chosen) or int(bool(failed))
