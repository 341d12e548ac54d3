"""The program dies while work is under way; what may be at the hub is not undone after that."""

import pytest

from field_app.actions import tickets
from field_app.domain.errors import NotAllowed
from tests.helpers.fakes import PowerCut
from tests.helpers.town import Laptop, Town


def test_what_was_under_way_stays_when_the_next_try_finds_no_network(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    done = ana.starts(job)
    town.network.power_fails(at=1, after=True)
    with pytest.raises(PowerCut):
        ana.syncs()
    ana.loses_power()
    ana.goes_offline()
    ana.syncs()

    with pytest.raises(NotAllowed):
        ana.app.do(tickets.undo, done.operation_id)

    town.everyone_agrees()
    assert done.operation_id in town.hub_operations()
