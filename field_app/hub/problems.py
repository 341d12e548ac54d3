"""What the hub says when something is wrong, as one exception with words for people."""

from collections.abc import Mapping


class HubProblem(Exception):
    """A request that cannot be done; becomes a problem document (RFC 9457)."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        device_revoked: bool = False,
    ) -> None:
        """Make the problem.

        Args:
            status: HTTP status.
            title: What is wrong, one plain sentence.
            detail: What more is known, without personal data; may be empty.
            headers: Further headers of the answer.
            device_revoked: Whether the laptop's sign-in was taken away by the agency.
        """
        super().__init__(f"{status} {title} {detail}".strip())
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.device_revoked = device_revoked


def not_found(what: str) -> HubProblem:
    """Return the problem of something that is not there, or not for this person."""
    return HubProblem(404, "This is not here, or not for you.", what)
