"""What the map's tools say, in the language in use."""

from field_app.texts import _


def tool_words() -> dict[str, str]:
    """Return the words of measuring, pointing and moving a pin for the map page."""
    return {
        "in_metres": _("{count} m"),
        "in_kilometres": _("{count} km"),
        "measure": _("Measure a distance"),
        "measure_say": _("Click points, or move with the arrow keys and set them with Enter."),
        "measure_total": _("{distance} in all"),
        "measure_leg": _("leg {number}: {distance}"),
        "measure_back": _("Remove last point"),
        "point": _("Coordinates of a point"),
        "point_say": _("Click a place, or move with the arrow keys and press Enter."),
        "move_say": _("Drag the pin, click where it belongs, or use the arrow keys."),
        "move_back": _("To the citizen's point"),
        "move_done": _("Set it here"),
        "from_reported": _("{distance} from the citizen's point"),
        "from_before": _("{distance} from where it was"),
        "reported_place": _("Citizen's point"),
        "place_before": _("Where it was"),
        "tool_end": _("End"),
    }
