"""Makes the map page's two addresses known to Chromium before the program starts."""

import logging
import os
from typing import Final

from PySide6.QtCore import QByteArray

logger = logging.getLogger(__name__)

OWN: Final = ("app", "tiles")
"""The schemes of the map page; nothing else is let through."""

FLAGS: Final = "QTWEBENGINE_CHROMIUM_FLAGS"
SMALL: Final = "--enable-low-end-device-mode"
"""Smaller caches in Chromium: 40 MB less with 7,500 pins, and the same picture."""
DRAWING: Final = "QT_QUICK_BACKEND"
BY_PROCESSOR: Final = "software"
"""The page is flat and moves little. Drawn without the graphics card it takes 50 MB less where
there is none, and no old driver can leave it black. The value `rhi` lets the card draw.
"""


def register_schemes() -> bool:
    """Make `app://` and `tiles://` known; to be called once, before the QApplication is made.

    Chromium's sandbox cannot run as root, so for root alone it is switched off.

    Returns:
        Whether this computer can show web pages; without them the program runs with no map.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        logger.info("Running as root: the map's sandbox is off")
    os.environ.setdefault(DRAWING, BY_PROCESSOR)
    if SMALL not in os.environ.get(FLAGS, ""):
        os.environ[FLAGS] = f"{os.environ.get(FLAGS, '')} {SMALL}".strip()
    try:
        # Loaded here: a system library that is missing must cost the map only.
        from PySide6.QtWebEngineCore import QWebEngineUrlScheme  # noqa: PLC0415
    except ImportError as error:
        logger.error("Web pages cannot be shown, so there is no map: %s", error)  # noqa: TRY400 - known
        return False
    flag = QWebEngineUrlScheme.Flag
    for name in OWN:
        if QWebEngineUrlScheme.schemeByName(QByteArray(name.encode())).name().data():
            continue
        scheme = QWebEngineUrlScheme(QByteArray(name.encode()))
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(
            flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed | flag.LocalAccessAllowed
        )
        QWebEngineUrlScheme.registerScheme(scheme)
    return True
