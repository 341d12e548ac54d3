"""The roll call: what the hub says of work that it confirmed."""

from field_app.domain.ids import CrewId
from field_app.domain.operation import Assign, Note, Operation, Start
from field_app.protocol.codec import dump, load_absent
from field_app.protocol.roll_call import Absent, RollCall
from tests.hub.world import API, Laptop, World


def called(laptop: Laptop, *operations: Operation, run: str = "") -> Absent:
    """Return what is said of operations; without a run, to somebody who never met this hub."""
    named = tuple(operation.id for operation in operations)
    call = RollCall(run=run, revision=1, cursor="", operations=named)
    answer = laptop.client.post(f"{API}/roll-call", content=dump(call), headers=laptop.headers)
    assert answer.status_code == 200, answer.text
    return load_absent(answer.content)


def test_what_is_missing_and_what_is_only_recorded_is_told(
    world: World, roads: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1")
    applied = roads.operation("T1", Note(text="in time"))
    late = roads.operation("T1", Start())
    missing = roads.operation("T1", Note(text="never sent"))
    roads.send(applied)
    boss.does("T1", Assign(crew_id=CrewId("lights")))
    assert roads.send(late)[0].outcome == "recorded"

    absent = called(roads, missing, applied, late)

    assert absent.operations == (missing.id,)
    assert absent.recorded == (late.id,)
    assert not absent.is_whole


def test_of_the_work_of_others_nothing_is_told(world: World, roads: Laptop, boss: Laptop) -> None:
    world.has_ticket("T1", crew_id="lights", former_crew_ids=("roads",))
    late = roads.operation("T1", Start())
    assert roads.send(late)[0].outcome == "recorded"

    absent = called(boss, late)

    assert absent.operations == (late.id,)
    assert absent.recorded == ()


def test_a_hub_that_goes_on_says_so(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    note = roads.operation("T1", Note(text="in time"))
    roads.send(note)

    absent = called(roads, note, run=world.hub.runs.current)

    assert absent == Absent(run=world.hub.runs.current, is_whole=True, recorded=())
