"""The back room gives answers and keeps nothing of what is over."""

import gc
import weakref

from pytestqt.qtbot import QtBot

from field_app.ui.background import Background


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
