"""What a crew's photos say reaches the supervisor as facts; and so does why there is no photo."""

from datetime import timedelta

from field_app.actions import photos, tickets
from field_app.domain.checks import CheckKind
from field_app.domain.ids import TicketId
from field_app.domain.operation import NoPhotoReason
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.queries.review import ReviewRow, review_list
from tests.helpers.pictures import a_picture, an_exif
from tests.helpers.town import Laptop, Town


def kinds(row: ReviewRow) -> list[CheckKind]:
    return [check.kind for check in row.checks]


def row_of(chief: Laptop, job: TicketId) -> ReviewRow:
    rows: tuple[ReviewRow, ...] = chief.app.see(review_list)
    return next(row for row in rows if row.ticket_id == job)


def test_what_a_photo_says_travels_with_it_and_is_read_at_the_review(town: Town) -> None:
    ana, chief = town.person("ana"), town.person("boss", Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    old = an_exif(taken_at=town.clock.now() - timedelta(days=30))
    ana.does(photos.attach, job, PhotoRole.BEFORE, a_picture(exif=old))
    ana.does(photos.attach, job, PhotoRole.AFTER, a_picture(colour="grey", form="PNG"))
    ana.finishes(job)
    mine = ana.sees(job)
    ana.syncs()
    chief.syncs()
    row = row_of(chief, job)
    assert kinds(row)[0] is CheckKind.BEFORE_REPORT
    assert CheckKind.STRIPPED in kinds(row)
    theirs = chief.sees(job)
    assert [p.evidence for p in theirs.photos] == [p.evidence for p in mine.photos]
    town.everyone_agrees()


def test_one_file_for_before_and_after_is_noticed_without_a_network(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    for role in (PhotoRole.BEFORE, PhotoRole.AFTER):
        ana.does(photos.attach, job, role, a_picture(colour="grey"))
    ana.finishes(job)
    (row,) = [r for r in ana.app.see(review_list) if r.ticket_id == job]
    assert kinds(row)[0] is CheckKind.SAME_PICTURE


def test_work_without_an_after_photo_is_handed_in_with_its_reason(town: Town) -> None:
    ana, chief = town.person("ana"), town.person("boss", Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    done = ana.does(tickets.finish, job, "Repaired below ground.", NoPhotoReason.NOTHING_TO_SEE)
    ana.app.do(tickets.undo, done.operation_id)
    ana.confirmed.remove(done.operation_id)
    assert ana.sees(job).state is TicketState.IN_PROGRESS
    assert ana.sees(job).no_photo_reason == ""
    ana.does(tickets.finish, job, "Repaired below ground.", NoPhotoReason.NOTHING_TO_SEE)
    ana.syncs()
    chief.syncs()
    assert row_of(chief, job).no_photo_reason == "nothing_to_see"
    ana.does(tickets.call_back, job)
    ana.adds_photo(job)
    ana.finishes(job)
    ana.syncs()
    chief.syncs()
    assert row_of(chief, job).no_photo_reason == ""
    town.everyone_agrees()
