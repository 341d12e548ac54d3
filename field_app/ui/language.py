"""The language of the windows: chosen, remembered, and followed by every widget at once."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from field_app.texts import Language, language, set_language
from field_app.texts.catalogue import LANGUAGES

KEY: Final = "look/language"
LANGUAGE_WORDS: Final = {"th": "ไทย", "en": "English"}
"""Each language in its own words: never translated."""


def remembered_language(settings: QSettings) -> Language:
    """Return the language chosen last on this computer; Thai before anybody chose."""
    value = settings.value(KEY)
    return next((known for known in LANGUAGES if known == value), "th")


def choose_language(to: Language, settings: QSettings) -> None:
    """Speak another language at once, in every widget, and remember it."""
    settings.setValue(KEY, to)
    if to != language():
        set_language(to)
        tell_widgets()


def tell_widgets() -> None:
    """Send LanguageChange to every widget of the program."""
    app = QCoreApplication.instance()
    if isinstance(app, QApplication):
        for widget in app.allWidgets():
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
