"""Who may come in: asked at the hub, or known to this laptop while the hub cannot be had."""

import platform

from field_app.domain.errors import HubBusy, Unreachable
from field_app.hub_client.calls import sign_in_at
from field_app.hub_client.credentials import Credentials
from field_app.hub_client.door import Network
from field_app.hub_client.session import normal_url
from field_app.protocol.messages import SignIn
from field_app.store.errors import store_errors
from field_app.store.people import Account, People, account_name, is_password, verifier_of


def admit(
    people: People, credentials: Credentials, network: Network, said: tuple[str, str, str]
) -> tuple[Account, bool]:
    """Return the account of whoever may come in, and whether the hub let them in just now.

    A hub that answers decides alone.

    Args:
        people: Who was here before; whoever the hub knows is remembered.
        credentials: Keeps the hub's token.
        network: What carries the question.
        said: The hub's address, user name and password.

    Raises:
        WrongPassword: The hub does not know this name and password.
        TooManyTries: It was tried too often.
        Unreachable: No network, and this person was never here with this password; also
            NotTheHub and HubBusy.
        StoreFailed: This laptop's disk.
    """
    url, username, password = said
    hub_url = normal_url(url)
    username = username.strip()
    try:
        return renew(people, credentials, network, (hub_url, username, password)), True
    except (Unreachable, HubBusy):
        known = people.recall(account_name(username, hub_url))
        if known is None or not is_password(password, known.verifier):
            raise
        return known, False


def renew(
    people: People, credentials: Credentials, network: Network, said: tuple[str, str, str]
) -> Account:
    """Return the account of a person whom the hub lets in now, and keep its token.

    Args:
        people: Where the account is remembered.
        credentials: Keeps the hub's token.
        network: What carries the question.
        said: The hub's address as it is kept, user name and password.

    Raises:
        WrongPassword: The hub does not know this name and password.
        TooManyTries: It was tried too often.
        Unreachable: No network; also NotTheHub and HubBusy.
        StoreFailed: This laptop's disk.
    """
    hub_url, username, password = said
    question = SignIn(username=username, password=password, device_name=platform.node() or "laptop")
    answer = sign_in_at(hub_url, question, network())
    account = Account(
        person=answer.officer,
        hub_url=hub_url,
        device_id=answer.device_id,
        verifier=verifier_of(password),
    )
    with store_errors():
        credentials.keep(account.name, answer.token)
        if answer.rescue_key:
            credentials.keep_rescue_key(account.name, answer.rescue_key)
    people.remember(account)
    return account
