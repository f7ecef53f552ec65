"""Origins as URIs."""

from pathlib import Path, PurePath
from urllib.parse import quote

from claimcheck.reading import is_address


def as_uri(origin: str) -> str:
    """Return an origin as a URI reference; a relative path stays relative."""
    if is_address(origin):
        return quote(origin, safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")
    path = PurePath(origin)
    if path.is_absolute():
        return Path(origin).as_uri()
    return quote(path.as_posix(), errors="replace")
