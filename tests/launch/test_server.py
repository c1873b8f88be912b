"""Ports and running servers are seen as they are."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import server
from launch.environment import Environment


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_is_free_or_taken(taken: int) -> None:
    assert not server.is_free(taken)
    other = server.next_free(taken)
    assert other != taken and server.is_free(other)


def test_a_listener_that_is_not_carnet_does_not_answer(taken: int) -> None:
    assert not server.answers(server.next_free(taken))


def test_a_running_carnet_is_found_by_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "carnet-open-8601.json").write_text(
        json.dumps({"port": 8601, "base": "/a"}), encoding="utf-8"
    )
    (tmp_path / "carnet-open-8602.json").write_text(
        json.dumps({"port": 8602, "base": "/b"}), encoding="utf-8"
    )
    (tmp_path / "carnet-open-8603.json").write_text("not json", encoding="utf-8")
    monkeypatch.setattr(server, "answers", lambda port: port == 8602)
    environment = Environment(tmp_path)
    assert server.already_open(environment, Path("/b")) == "http://127.0.0.1:8602"
    assert server.already_open(environment, Path("/a")) is None
    assert not (tmp_path / "carnet-open-8601.json").exists(), "a server that is gone is forgotten"
