"""Answers what the map page asks for at `app://` and `tiles://`."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid

from field_app.resources import resource
from field_app.ui.map.given import Given, Later
from field_app.ui.map.grounds import Grounds

FOLDERS: Final = ("leaflet", "map", "fonts", "print")
"""Folders of the resources that pages may read."""
MEDIA_TYPES: Final = {
    ".js": b"text/javascript",
    ".css": b"text/css",
    ".ttf": b"font/ttf",
    ".png": b"image/png",
}
_ASSET: Final = re.compile(r"/([a-z]+)/([A-Za-z0-9_.-]+)")
_TILE: Final = re.compile(r"/(\w+)/(\d{1,2})/(\d+)/(\d+)")


class AppScheme(QWebEngineUrlSchemeHandler):
    """Answers `app://page/<file>`, `app://assets/<folder>/<file>` and `app://data/<name>`."""

    def __init__(self, page: str, data: Mapping[str, Given], parent: QObject | None = None) -> None:
        """Make the handler.

        Args:
            page: The page's HTML.
            data: Gives the JSON of each name when it is asked for.
            parent: Owner.
        """
        super().__init__(parent)
        self._page = page.encode()
        self._data = data

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request, or say that there is nothing at this address."""
        host, path = job.requestUrl().host(), job.requestUrl().path()
        if host == "page" and path == "/map.html":
            _answer(job, self._page, b"text/html; charset=utf-8")
        elif host == "page" and path == "/qwebchannel.js":
            _answer(job, _channel_script(), b"text/javascript")
        elif host == "data" and path[1:] in self._data:
            self._answer_data(job, self._data[path[1:]])
        elif host == "assets":
            self._answer_asset(job, path)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_data(self, job: QWebEngineUrlRequestJob, given: Given) -> None:
        if isinstance(given, Later):
            given.ask(partial(_answer_json, job))
        else:
            _answer_json(job, given())

    def _answer_asset(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        asked = _ASSET.fullmatch(path)
        if asked is None or asked[1] not in FOLDERS:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        file = resource(asked[1]) / asked[2]
        media_type = MEDIA_TYPES.get(file.suffix)
        if media_type is None or not file.is_file():
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        _answer(job, file.read_bytes(), media_type)


class TileScheme(QWebEngineUrlSchemeHandler):
    """Answers `tiles://map/<key>/<zoom>/<x>/<y>` from the open map packages."""

    def __init__(self, grounds: Grounds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grounds = grounds

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one tile; where there is none the page shows what lies below."""
        asked = _TILE.fullmatch(job.requestUrl().path())
        found = None
        if asked is not None:
            found = self._grounds.tile(asked[1], int(asked[2]), int(asked[3]), int(asked[4]))
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        data, media_type = found
        _answer(job, data, media_type.encode())


def _channel_script() -> bytes:
    """Return Qt's own half of the wire; injected it could be missing in a process begun anew."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError("Qt came without qwebchannel.js")
    return bytes(file.readAll().data())


def _answer_json(job: QWebEngineUrlRequestJob, data: bytes) -> None:
    if isValid(job):  # the page may have gone meanwhile
        _answer(job, data, b"application/json")


def _answer(job: QWebEngineUrlRequestJob, data: bytes, media_type: bytes) -> None:
    # The buffer belongs to the job: else Python drops it before Chromium has read it.
    buffer = QBuffer(parent=job)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # A multi-map: the value is a list, though PySide6's stubs say otherwise.
    headers: dict[Any, Any] = {QByteArray(b"Access-Control-Allow-Origin"): [QByteArray(b"*")]}
    job.setAdditionalResponseHeaders(headers)
    job.reply(QByteArray(media_type), buffer)
