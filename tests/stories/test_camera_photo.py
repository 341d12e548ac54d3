"""A photo of the laptop's camera counts as one: a camera's, of that time, without a place."""

from datetime import timedelta

from PySide6.QtGui import QImage

from field_app.actions import photos
from field_app.domain.checks import CheckKind
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.queries.tickets import ticket_detail
from field_app.resources import resource
from field_app.texts.dates import local
from field_app.ui.camera.shot import encoded
from tests.helpers.town import Laptop, Town


def test_what_the_camera_wrote_reaches_the_supervisor(town: Town, ana: Laptop) -> None:
    chief = town.person("boss", Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    for minutes, role, name in (
        (1, PhotoRole.BEFORE, "pothole_before"),
        (2, PhotoRole.AFTER, "pothole_after"),
    ):
        seen = QImage(str(resource("demo", "photos", f"{name}.jpg")))
        at = local(town.clock.now() + timedelta(minutes=minutes))
        ana.does(photos.attach, job, role, encoded(seen, "กล้อง USB C270", at))
    ana.finishes(job)
    ana.goes_online()
    town.everyone_agrees()
    before, after = chief.app.see(ticket_detail, job).photos
    assert after.photo.taken_at - before.photo.taken_at == timedelta(minutes=1)
    assert after.photo.evidence.camera.endswith("USB C270")
    assert after.photo.evidence.has_zone
    assert after.photo.place is None
    assert after.photo.pair_id == before.photo.id
    for card in (before, after):
        assert {check.kind for check in card.checks} <= {CheckKind.NO_PLACE}
