"""Reference data: what every laptop must know of the agency, and when that last changed."""

from sqlalchemy import Connection, insert, select, update

from field_app.domain.ids import CrewId
from field_app.domain.people import Crew
from field_app.hub import tables
from field_app.hub.database import Database, next_revision
from field_app.hub.service.basemaps import basemaps_of
from field_app.hub.settings import HubSettings
from field_app.protocol.codec import dump
from field_app.protocol.messages import Reference


def refresh_reference(database: Database, settings: HubSettings) -> None:
    """Write the reference data under a new revision if they changed."""
    with database.write() as connection:
        document = dump(_reference(connection, settings))
        kept = select(tables.fact.c.value).where(tables.fact.c.name == "reference")
        before = connection.execute(kept).scalar_one_or_none()
        if before is not None and bytes(before) == document:
            return
        values = {"value": document, "revision": next_revision(connection)}
        if before is None:
            connection.execute(insert(tables.fact).values(name="reference", **values))
        else:
            connection.execute(
                update(tables.fact).where(tables.fact.c.name == "reference").values(**values)
            )


def _reference(connection: Connection, settings: HubSettings) -> Reference:
    """Return the reference data of now."""
    crews = connection.execute(select(tables.crew).order_by(tables.crew.c.name, tables.crew.c.id))
    ruled = [rule.category for rule in settings.rules if rule.category]
    return Reference(
        agency=settings.agency,
        categories=tuple(dict.fromkeys([*settings.deadlines_days, *ruled])),
        crews=tuple(Crew(id=CrewId(row.id), name=row.name) for row in crews),
        deadlines_days=settings.deadlines_days,
        templates=settings.templates,
        screen_copies_first=settings.screen_copies_first,
        basemaps=basemaps_of(connection),
    )
