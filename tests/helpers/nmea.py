"""Made-up sentences of a GPS receiver, in the form that real ones have (NMEA 0183)."""

from functools import reduce

from field_app.domain.place import Place


def sentence(body: str) -> bytes:
    """Return a sentence with its sum: `$GPGGA,…*47` and the line's end."""
    total = reduce(lambda so_far, sign: so_far ^ ord(sign), body, 0)
    return f"${body}*{total:02X}\r\n".encode("ascii")


def fix(place: Place, second: int, *, knots: float = 0.0, course: float = 0.0) -> bytes:
    """Return what a receiver says in one second at a place: GGA, GSA and RMC."""
    latitude, longitude = _angle(place.latitude, 2), _angle(place.longitude, 3)
    where = f"{latitude},{'N' if place.latitude >= 0 else 'S'}"
    where += f",{longitude},{'E' if place.longitude >= 0 else 'W'}"
    clock = f"0330{second % 60:02}.00"
    return (
        sentence(f"GPGGA,{clock},{where},1,08,0.9,5.0,M,-29.0,M,,")
        + sentence("GPGSA,A,3,04,05,,09,12,,,24,,,,,1.8,0.9,1.5")
        + sentence(f"GPRMC,{clock},A,{where},{knots:.1f},{course:.1f},191126,,,A")
    )


def searching(second: int) -> bytes:
    """Return what a receiver says while it finds no satellites."""
    clock = f"0330{second % 60:02}.00"
    return sentence(f"GPGGA,{clock},,,,,0,00,99.9,,M,,M,,") + sentence(
        f"GPRMC,{clock},V,,,,,,,191126,,,N"
    )


def _angle(degrees: float, digits: int) -> str:
    """Return degrees and minutes in one number, as the sentences have them: 1345.1234."""
    whole = int(abs(degrees))
    minutes = (abs(degrees) - whole) * 60
    return f"{whole:0{digits}}{minutes:07.4f}"
