"""No check can fail unheard, and pytest has the last word."""

import subprocess

import pytest

from launch import checks
from launch.checks import CHECKS, run_all, run_checks
from launch.environment import Environment


def called(codes: dict[str, int], arguments: list[str] | None = None) -> tuple[int, list[list[str]]]:
    calls: list[list[str]] = []

    def call(words: list[str]) -> int:
        calls.append(words)
        return next((code for name, code in codes.items() if name in words), 0)

    return run_checks(call, arguments or []), calls


def test_all_good_is_zero_and_pytest_is_last() -> None:
    code, calls = called({}, ["-k", "x"])
    assert code == 0
    assert calls[-1] == ["-m", "pytest", "-k", "x"]
    assert sum("pytest" in words for words in calls) == 1


def test_without_arguments_every_test_runs_once() -> None:
    _, calls = called({})
    assert calls == [list(arguments) for _, arguments in CHECKS]
    browser, others = calls[-2:]
    assert browser == ["-m", "pytest", "tests/browser"]
    assert others[-2:] == ["--ignore", "tests/browser"]


@pytest.mark.parametrize("name", ["format", "check", "mypy", "--no-cache"])
def test_one_failure_fails_the_run_and_is_named_before_the_tests(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, calls = called({name: 1})
    assert code == 1
    assert len(calls) == len(CHECKS), "the other checks still run"
    said = capsys.readouterr().out
    assert "ÉCHEC" in said or "FAILED" in said


@pytest.mark.parametrize("code", [1, 2, 5])
def test_pytest_s_code_is_kept_even_for_no_tests(code: int) -> None:
    assert called({"pytest": code})[0] == code


@pytest.mark.parametrize(("browser", "code"), [("/usr/bin/chromium", 0), (None, 1)])
def test_without_a_browser_the_run_fails_and_says_so(
    monkeypatch: pytest.MonkeyPatch, browser: str | None, code: int
) -> None:
    told: list[str] = []
    ran: list[dict[str, str]] = []

    def good(command: list[str], env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(env)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.delenv("CARNET_CHROMIUM", raising=False)
    monkeypatch.setattr(Environment, "prepare", lambda self, say: None)
    monkeypatch.setattr(checks.chromium, "find_or_install", lambda environment: browser)
    monkeypatch.setattr(checks.subprocess, "run", good)
    assert run_all([], lambda key, **_: told.append(key)) == code
    assert told == ([] if browser else ["chromium_missing"])
    assert {env.get("CARNET_CHROMIUM") for env in ran} == {browser}
