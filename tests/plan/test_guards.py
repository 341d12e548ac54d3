"""The guards of the tests guard."""

import logging
import os
import socket
from pathlib import Path

import pytest

from field_app.texts import language


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as line, pytest.raises(UserWarning, match="192"):
        line.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect(server.getsockname())


def test_the_home_is_not_the_home_of_whoever_runs_the_tests(tmp_path: Path) -> None:
    assert Path.home().parent.parent == tmp_path.parent.parent
    assert os.environ["XDG_DATA_HOME"].startswith(str(Path.home()))


def test_every_test_starts_in_english() -> None:
    assert language() == "en"


@pytest.mark.logs_warnings
def test_a_test_that_means_to_may_make_the_program_log_a_warning() -> None:
    logging.getLogger("field_app.plan").warning("This is meant")
