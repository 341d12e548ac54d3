"""`field-app hub basemap`: the area maps that laptops may fetch."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from field_app.cli.hub_folder import FOLDER, failed, opened
from field_app.cli.table import write_table
from field_app.domain.basemap import Basemap, BasemapFacts
from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.texts.numbers import file_size

if TYPE_CHECKING:
    from field_app.hub.service.basemaps import Added
    from field_app.maps.tiles import TilePackageFacts


@click.group()
def basemap() -> None:
    """Area maps that laptops may fetch."""


@basemap.command("add")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--name", default="", help="What people call the map; else the package's own name.")
def add(folder: Path, file: Path, *, name: str) -> None:
    """Copy an MBTiles or PMTiles file into the hub and let laptops fetch it."""
    from field_app.hub.service.basemaps import BasemapRefused
    from field_app.maps.checks import check_package

    said: list[TilePackageFacts] = []

    def read(copy: Path) -> BasemapFacts:
        """Look the copy over: the file itself may be on a stick that is pulled out."""
        said.append(check_package(copy))
        return _facts(said[-1])

    with opened(folder) as hub:
        try:
            added = hub.basemaps.add(file, read, _tell_progress, name.strip())
        except BasemapRefused as error:
            raise failed(_(str(error))) from error
        except FieldAppError as error:
            raise failed(f"{_(error.title)} [{error.detail}]") from error
        except OSError as error:
            raise failed(
                _("The map cannot be copied: {reason}").format(reason=error.strerror)
            ) from error
        hub.refresh()
    _show_added(added)
    for facts in said:
        _say_remarks(facts)


@basemap.command("list")
@click.argument("folder", type=FOLDER)
def show(folder: Path) -> None:
    """Show all area maps."""
    with opened(folder) as hub:
        maps = hub.basemaps.all()
    if not maps:
        click.echo(_("The hub has no area map. Add one with: field-app hub basemap add"))
        return
    head = (
        _("Name"),
        _("Zoom levels"),
        _("Size"),
        _("Added"),
        _("South-west and north-east corner"),
        "SHA-256",
        _("Map data"),
    )
    write_table([head, *(_row(each) for each in maps)])


@basemap.command("remove")
@click.argument("folder", type=FOLDER)
@click.argument("map_name", metavar="MAP")
def remove(folder: Path, map_name: str) -> None:
    """Take a map away, by its name or the beginning of its SHA-256."""
    from field_app.hub.service.basemaps import BasemapRefused

    with opened(folder) as hub:
        try:
            gone = hub.basemaps.remove(map_name)
        except BasemapRefused as error:
            raise failed(_(str(error))) from error
        hub.refresh()
    click.echo(
        _("{name} is no longer handed out. Laptops that have it keep it.").format(name=gone.name)
    )


def facts_of(path: Path) -> BasemapFacts:
    """Return what a package says of itself.

    Raises:
        MapUnreadable: It is damaged or of a kind that no laptop can draw.
    """
    from field_app.maps.checks import check_package

    return _facts(check_package(path))


def _facts(said: "TilePackageFacts") -> BasemapFacts:
    """Return what the hub keeps of what a package says."""
    return BasemapFacts(
        name=said.name,
        attribution=said.attribution,
        media_type=said.media_type,
        bounds=said.bounds,
        min_zoom=said.min_zoom,
        max_zoom=said.max_zoom,
    )


def _say_remarks(said: "TilePackageFacts") -> None:
    """Say what is odd about a package that was taken all the same."""
    from field_app.maps.remark_words import sentence

    for remark in said.remarks:
        click.echo(sentence(remark))


def _show_added(added: "Added") -> None:
    """Say what became of a map."""
    words = (
        _("{name} can be fetched by laptops now.")
        if added.is_new
        else _("The hub has this very file already, as {name}.")
    )
    click.echo(words.format(name=added.basemap.name))
    write_table([_row(added.basemap)])


def _row(known: Basemap) -> tuple[str, ...]:
    """Return a map as a line of the table."""
    west, south, east, north = known.bounds
    return (
        known.name,
        f"{known.min_zoom}–{known.max_zoom}",
        file_size(known.size_bytes),
        date_and_time(known.added_at, SystemClock().now()),
        f"{south:.4f},{west:.4f} – {north:.4f},{east:.4f}",
        known.sha256[:12],
        " ".join(known.attribution.split()) or _("not stated"),
    )


def _tell_progress(done: int, total: int) -> None:
    """Show how far the copy is."""
    line = _("{done} of {total}").format(done=file_size(done), total=file_size(total))
    click.echo(f"\r{line}", nl=done == total, err=True)
