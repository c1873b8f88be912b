"""The few bytes spoken to the server are those of Streamlit's own protocol."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from launch.first_session import RERUN, SCRIPT_FINISHED, fields


def test_the_request_is_a_rerun() -> None:
    message = BackMsg()
    browser = message.rerun_script.context_info
    browser.timezone, browser.locale, browser.url = "Europe/Paris", "fr-FR", "http://127.0.0.1/"
    assert message.SerializeToString() == RERUN


@pytest.mark.parametrize(
    ("message", "number"),
    [
        (ForwardMsg(script_finished=ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY), SCRIPT_FINISHED),
        (
            ForwardMsg(script_finished=ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR),
            SCRIPT_FINISHED,
        ),
        (
            ForwardMsg(hash="h" * 300, script_finished=ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY),
            6,
        ),
    ],
)
def test_the_end_of_the_script_is_heard(message: ForwardMsg, number: int) -> None:
    assert message.HasField("script_finished")
    assert number in fields(message.SerializeToString())


def test_other_messages_are_not_taken_for_it() -> None:
    message = ForwardMsg(hash="\x30\x00")
    message.delta.new_element.text.body = "0" * 500
    assert SCRIPT_FINISHED not in fields(message.SerializeToString())
