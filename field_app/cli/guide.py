"""`field-app help`: the same pages that the window shows, readable without internet."""

from pathlib import Path

import click

from field_app.domain.errors import FileUnreadable
from field_app.resources import resource
from field_app.texts import language

PAGES = ("crew", "hub", "map", "photos", "photos_copies")


@click.command("help")
@click.argument("page", type=click.Choice(PAGES), required=False)
def help_command(page: str | None) -> None:
    """Read a page of help: `crew` for everybody's day, `hub` for whoever runs the hub.

    `map` is about maps without internet, `photos` tells what the program looks at in photos,
    `photos_copies` of marks, copies for citizens and stamps.
    """
    if page is None:
        parent = click.get_current_context().parent
        if parent is not None:
            click.echo(parent.get_help())
        return
    click.echo(page_of(page).read_text(encoding="utf-8").rstrip())


def page_of(page: str) -> Path:
    """Return the file of a page in the language in use.

    Raises:
        FileUnreadable: The program came without it.
    """
    try:
        return resource("help", language(), f"{page}.md")
    except FileNotFoundError as error:
        raise FileUnreadable(f"the page {page} is missing") from error
