"""The back room gives answers and keeps nothing of what is over."""

import gc
import os
import sys
import threading
import weakref

import pytest
from pytestqt.qtbot import QtBot

from field_app.ui.background import BEHIND, Background


class Large:
    """What a job works with, or answers with."""


def test_nothing_of_a_job_that_is_over_stays_in_memory(qtbot: QtBot) -> None:
    background = Background()
    given, heard = Large(), []
    answers: list[weakref.ref[Large]] = []

    def work(_given: Large) -> Large:
        answer = Large()
        answers.append(weakref.ref(answer))
        return answer

    jobs = [background.run(work, given, done=lambda answer: heard.append(type(answer)))]
    qtbot.waitUntil(lambda: background.is_idle)
    watched = weakref.ref(given)
    del given
    gc.collect()

    assert heard == [Large]
    assert watched() is None
    assert answers[0]() is None
    assert jobs[0].result is None
    background.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt gives threads their turn")
def test_slow_work_steps_back_behind_the_window_and_a_question_does_not(qtbot: QtBot) -> None:
    background = Background()
    work: list[int] = []
    questions: list[int] = []

    def turn() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    background.run(turn, done=questions.append, is_question=True)
    for _time in range(2):
        background.run(turn, done=work.append)
    qtbot.waitUntil(lambda: background.is_idle)

    window = turn()
    assert questions == [window]
    assert work == [window + BEHIND] * 2
    background.close()
