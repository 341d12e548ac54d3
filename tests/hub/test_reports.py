"""A report counts as complete only when the hub holds every photo that it announced."""

import pytest

from field_app.cli.hub_reports import show_figures
from field_app.domain.operation import Approve, Finish, RemovePhoto
from field_app.hub.service.figures import AwaitedReport, figures_of
from tests.hub.world import Laptop, World

ONE = b"\xff\xd8 one photo"
OTHER = b"\xff\xd8 another photo"


def test_a_report_is_complete_when_its_last_photo_is_here(
    world: World, roads: Laptop, boss: Laptop, capsys: pytest.CaptureFixture[str]
) -> None:
    world.has_ticket("T1")
    one, other = roads.announces("T1", ONE), roads.announces("T1", OTHER)
    assert figures_of(world.hub).reports_awaited == ()

    roads.does("T1", Finish(note="Done.", photo_ids=(one.photo_id, other.photo_id)))
    roads.creates("T1", one, ONE)
    figures = figures_of(world.hub)
    assert figures.reports == 0
    assert figures.reports_awaited == (
        AwaitedReport(ticket_id="T1", crew="Roads", arrived=1, announced=2),
    )

    boss.does("T1", Approve())
    assert [r.ticket_id for r in figures_of(world.hub).reports_awaited] == ["T1"]
    show_figures(figures_of(world.hub))
    assert "Reports: 0 complete, 1 wait for photos" in (said := capsys.readouterr().out)
    assert "T1  1 of 2 photos are here" in said

    roads.creates("T1", other, OTHER)
    figures = figures_of(world.hub)
    assert (figures.reports, figures.reports_awaited) == (1, ())


def test_bytes_that_are_not_the_announced_ones_complete_nothing(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", ONE)
    roads.does("T1", Finish(note="", photo_ids=(work.photo_id,)))
    roads.creates("T1", work, ONE[::-1])
    assert [r.arrived for r in figures_of(world.hub).reports_awaited] == [0]


def test_a_photo_that_was_taken_back_is_not_waited_for(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    one, other = roads.announces("T1", ONE), roads.announces("T1", OTHER)
    roads.creates("T1", one, ONE)
    roads.does("T1", RemovePhoto(photo_id=other.photo_id))
    roads.does("T1", Finish(note="", photo_ids=(one.photo_id,)))
    figures = figures_of(world.hub)
    assert (figures.reports, figures.reports_awaited) == (1, ())
