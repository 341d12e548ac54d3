"""Field App: offline-first desktop app for municipal repair crews."""
