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
