"""The guard at the map page's door: nothing goes out to the network."""

import logging
from collections import Counter, deque
from typing import Final

from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

from field_app.ui.map.schemes import OWN

logger = logging.getLogger(__name__)

KEPT: Final = 100


class Guard(QWebEngineUrlRequestInterceptor):
    """Lets the page reach its own two schemes and blocks and records everything else.

    Attributes:
        blocked: The last addresses that were blocked, oldest first.
        asked: How many requests there were by scheme.
    """

    def __init__(self) -> None:
        super().__init__()
        self.blocked: deque[str] = deque(maxlen=KEPT)
        self.asked: Counter[str] = Counter()

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Look at one request before it is made."""
        url = info.requestUrl()
        self.asked[url.scheme()] += 1
        if url.scheme() not in OWN:
            info.block(True)  # noqa: FBT003 - Qt knows this argument by place only
            self.blocked.append(url.toString())
            logger.info("The map page asked for a foreign address: %s", url.scheme())
