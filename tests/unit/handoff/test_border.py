"""What a request may say: anything can come, and nothing of it may do harm."""

from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.handoff.border import (
    NAME_LIMIT,
    TurnedAway,
    Why,
    announced,
    cookie_of,
    is_picture,
    name_of,
    target_of,
)
from field_app.handoff.invitation import LENGTH, SIGNS, Invitation, new_secret
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from tests.helpers.pictures import a_picture

HASH = "ab" * 32


def heads(**said: str | list[str]) -> Message:
    message = Message()
    for name, values in said.items():
        for value in values if isinstance(values, list) else [values]:
            message[name.replace("_", "-")] = value
    return message


def test_a_photo_is_announced_by_size_hash_and_name() -> None:
    photo = announced(
        heads(Content_Length="7", X_Photo_Sha256=HASH, X_Photo_Name="%E0%B8%AB%E0%B8%A5.jpg")
    )

    assert (photo.size_bytes, photo.sha256, photo.name) == (7, HASH, "หล.jpg")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Content_Length": "7"},
        {"X_Photo_Sha256": HASH},
        {"Content_Length": ["7", "7"], "X_Photo_Sha256": HASH},
        {"Content_Length": "7", "X_Photo_Sha256": [HASH, HASH]},
        {"Content_Length": "7", "X_Photo_Sha256": HASH.upper()},
        {"Content_Length": "7", "X_Photo_Sha256": HASH + "\n"},
        {"Content_Length": "-7", "X_Photo_Sha256": HASH},
        {"Content_Length": "+7", "X_Photo_Sha256": HASH},
        {"Content_Length": "0x7", "X_Photo_Sha256": HASH},
        {"Content_Length": "7.0", "X_Photo_Sha256": HASH},
        {"Content_Length": "๗", "X_Photo_Sha256": HASH},
        {"Content_Length": "9" * 13, "X_Photo_Sha256": HASH},
        {"Content_Length": "7", "X_Photo_Sha256": HASH, "Transfer_Encoding": "chunked"},
        {"Content_Length": "7", "X_Photo_Sha256": "../../etc/passwd"},
    ],
)
def test_anything_else_is_malformed(said: dict[str, str | list[str]]) -> None:
    with pytest.raises(TurnedAway) as turned:
        announced(heads(**said))

    assert turned.value.why is Why.MALFORMED


@pytest.mark.parametrize(
    ("size", "why"), [(PHOTO_LIMIT_BYTES + 1, Why.TOO_LARGE), (0, Why.NOT_A_PICTURE)]
)
def test_impossible_sizes_are_refused_before_a_byte(size: int, why: Why) -> None:
    with pytest.raises(TurnedAway) as turned:
        announced(heads(Content_Length=str(size), X_Photo_Sha256=HASH))

    assert turned.value.why is why


@given(st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0x2FFF), max_size=2000))
def test_a_name_is_one_short_line_that_leads_nowhere(said: str) -> None:
    name = name_of(said)

    assert len(name) <= NAME_LIMIT
    assert name.isprintable()
    assert not {"/", "\\"} & set(name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("C%3A%5Cphotos%5Ca.jpg", "a.jpg"),
        ("a%00b%0D%0Ac.jpg", "abc.jpg"),
        ("%E2%80%AEgpj.exe", "gpj.exe"),
        ("%FF%FE", "��"),
        ("", ""),
    ],
)
def test_names_that_want_more_than_to_be_read(said: str, name: str) -> None:
    assert name_of(said) == name


@given(st.text(max_size=200))
def test_no_path_but_those_of_the_page_has_a_meaning(path: str) -> None:
    target = target_of(path)

    if target is not None:
        assert target.token.isalnum()
        assert target.token.isascii()
        assert target.deed in {"", "photos", "done"}


@given(st.binary(max_size=64))
def test_only_the_beginnings_of_four_formats_are_pictures(head: bytes) -> None:
    known = head[:3] == b"\xff\xd8\xff" or head[:4] in {b"\x89PNG", b"RIFF"}

    assert not is_picture(head) or known or head[4:8] == b"ftyp"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_real_pictures_pass(form: str) -> None:
    assert is_picture(a_picture(form=form)[:32])


def test_a_film_of_a_phone_is_no_picture() -> None:
    assert is_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert not is_picture(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42")
    assert not is_picture(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ")


@pytest.mark.parametrize(
    ("said", "cookie"),
    [
        ("field_app_phone=abc", "abc"),
        ("other=1; field_app_phone=abc", "abc"),
        (["other=1", "field_app_phone=abc"], "abc"),
        ("field_app_phone=abc; field_app_phone=def", ""),
        ("field_app_phone", ""),
        ("Field_App_Phone=abc", ""),
        ([], ""),
    ],
)
def test_the_cookie_is_read_once_or_not_at_all(said: str | list[str], cookie: str) -> None:
    assert cookie_of(heads(Cookie=said)) == cookie


def test_a_secret_has_at_least_128_bits_and_is_new_each_time() -> None:
    assert len(SIGNS) ** LENGTH >= 2**128
    assert len(set(SIGNS)) == len(SIGNS)
    assert len({new_secret() for _time in range(50)}) == 50


def test_an_invitation_is_for_one_phone() -> None:
    invitation = Invitation()
    cookie = invitation.welcome("")

    assert cookie is not None
    assert invitation.welcome("") is None
    assert invitation.welcome("ä" * 26) is None
    assert invitation.welcome(cookie) == cookie
    assert invitation.knows(cookie)
    assert not Invitation().knows("")
