"""What can go wrong, each with a message of one line that says what to do."""


class ClaimcheckError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(ClaimcheckError):
    """An input that cannot be read: missing, empty, binary or undecodable."""


class ModelError(ClaimcheckError):
    """A model folder that is missing, incomplete, damaged or of another kind."""


class MissingExtraError(ClaimcheckError):
    """An optional dependency is needed and absent; the message names the extra to install."""

    def __init__(self, wanted: str, extra: str) -> None:
        super().__init__(f"{wanted} needs an optional part: pip install 'claimcheck[{extra}]'")


def own_fault(origin: object, error: Exception) -> ClaimcheckError:
    """Return what is said of a fault of our own, so that it costs one input and no other."""
    what = f"{type(error).__name__}: {error}"
    return ClaimcheckError(f"{origin}: gave up on it for a fault of claimcheck's own ({what})")
