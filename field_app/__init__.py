"""Field App: offline-first desktop app for municipal repair crews."""

__version__ = "0.1.0"
