"""The demo by hand: the real window, signed in, with the network bar below."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from field_app.actions.position import keep_position
from field_app.domain.clock import Clock
from field_app.domain.place import Place
from field_app.ui.demo.network_bar import NetworkBar
from field_app.ui.start import OpenApp, make_application, open_window
from field_app.ui.tray.watch import FindPlugged


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the demo is played with."""

    open_app: OpenApp
    data_dir: Path
    clock: Clock
    hub_url: str
    username: str
    password: str = field(repr=False)
    position: Place
    """Where the crew is."""
    switch: Callable[[str], object]
    """Changes the network."""
    tiles: Path | None
    find_plugged: FindPlugged
    """Finds the demo's made-up phone."""


def play(stage: Stage) -> int:
    """Sign the crew in, show the window until it is closed; return the exit code.

    Raises:
        FieldAppError: The laptop cannot be opened, or the demo's hub does not let it in.
    """
    qt = make_application()
    signed_in = stage.open_app(lambda _changes: None, lambda _status: None)
    try:
        signed_in.sign_in(stage.hub_url, stage.username, stage.password)
        signed_in.do(keep_position, stage.position)
    finally:
        signed_in.close()
    opened = open_window(
        stage.open_app,
        stage.data_dir,
        stage.clock,
        tiles=stage.tiles,
        find_plugged=stage.find_plugged,
    )
    opened.window.add_bar(NetworkBar(opened.office.theme, stage.switch, opened.window))
    opened.window.show()
    code = qt.exec()
    opened.close()
    return code
