"""The few errors of sohoa: each says what happened and what to do, and knows its exit code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line, part of the contract."""

    OK = 0
    RUN_FAILED = 1
    WRONG_USAGE = 2
    SOME_INPUTS_FAILED = 3


class SohoaError(Exception):
    """Base of all errors meant for people; ``str(error)`` is the whole message."""

    exit_code = ExitCode.RUN_FAILED


class UsageError(SohoaError):
    """The command was called wrongly."""

    exit_code = ExitCode.WRONG_USAGE


class MissingToolError(SohoaError):
    """An external program or its language data is not installed; the message gives the install command."""


class OutputError(SohoaError):
    """The output folder cannot be used (not writable, made by another version, in use)."""


class InputError(SohoaError):
    """One input file or page cannot be processed; the batch goes on without it.

    ``page`` is 1-based, or None when the whole file is meant. The message does not repeat file or page:
    :func:`describe` adds them.
    """

    exit_code = ExitCode.SOME_INPUTS_FAILED

    def __init__(self, message: str, page: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.page = page

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, int | None]]:
        """Survive the way back from a worker process."""
        return type(self), (self.message, self.page)

    def describe(self, source: str) -> str:
        """Return the plain message with file and page, as it stands in ``documents.error``."""
        where = source if self.page is None else f"{source}, page {self.page}"
        return f"{where}: {self.message}"
