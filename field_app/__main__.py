"""Starts the program: `python -m field_app`."""

from field_app.cli.main import main

if __name__ == "__main__":
    main()
