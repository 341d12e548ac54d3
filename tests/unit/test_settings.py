"""An installation's choices, from its environment."""

from pathlib import Path

import pytest

from field_app.domain.errors import FileUnreadable
from field_app.settings import load_settings


def test_an_installation_may_choose_folder_language_hub_and_map() -> None:
    settings = load_settings(
        {
            "FIELD_APP_DATA_DIR": "/somewhere",
            "FIELD_APP_LANGUAGE": "en",
            "FIELD_APP_HUB_URL": " https://hub.example ",
            "FIELD_APP_BASEMAP": "/maps/town.mbtiles",
        }
    )

    assert settings.data_dir == Path("/somewhere")
    assert settings.language == "en"
    assert settings.hub_url == "https://hub.example"
    assert settings.basemap == Path("/maps/town.mbtiles")


def test_nothing_chosen_means_the_systems_folder_and_the_map_that_comes_along() -> None:
    settings = load_settings({"FIELD_APP_LANGUAGE": ""})

    assert settings.data_dir.name == "field-app"
    assert settings.language is None
    assert settings.hub_url == ""
    assert settings.basemap is None


def test_a_language_that_there_is_not_is_said_by_its_variable() -> None:
    with pytest.raises(FileUnreadable, match="FIELD_APP_LANGUAGE"):
        load_settings({"FIELD_APP_LANGUAGE": "fr"})
