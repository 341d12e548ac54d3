"""The world went on while a crew was offline: nothing it did is dropped, and a person decides."""

import pytest

from field_app.domain.people import Role
from tests.helpers.town import Laptop, Town


@pytest.fixture
def chief(town: Town) -> Laptop:
    """A supervisor; there is a second crew, `lights`."""
    town.hub.accounts.add_crew("lights", "Lights")
    return town.person("chief", Role.SUPERVISOR, None)


@pytest.mark.parametrize("what", ["closed", "reassigned"])
def test_a_job_that_moved_on_needs_a_person_also_when_the_hubs_first_answer_was_lost(
    town: Town, ana: Laptop, chief: Laptop, what: str
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    chief.syncs()
    ana.goes_offline()
    ana.starts(job)
    if what == "closed":
        town.platform_closes(job)
    else:
        chief.assigns(job, "lights")
        chief.syncs()

    ana.goes_online()
    town.network.drops_replies(at=1)
    ana.syncs()
    ana.syncs()

    assert ana.needs_you() == 1
    town.everyone_agrees()
