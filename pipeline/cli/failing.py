"""How a command fails: one plain message on stderr and the exit code of the contract."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from pipeline.errors import ExitCode, SohoaError

EXIT_INTERRUPTED = 130
"""128 + SIGINT, what shells expect after Ctrl-C."""


class App(typer.Typer):
    """The application; an exception that nobody foresaw ends it with a message as well."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that the arguments name."""
        try:
            return super().__call__(*args, **kwargs)
        except Exception as error:
            _say(
                f"internal error ({type(error).__name__}: {error}). "
                "Please report it, with what `sohoa --verbose …` prints."
            )
            sys.exit(int(ExitCode.RUN_FAILED))


class CommandGroup(TyperGroup):
    """The group of all commands; turns exceptions into messages, with a traceback under ``--verbose`` alone."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; whatever ends it, it ends with a message and an exit code."""
        try:
            return super().invoke(ctx)
        except SohoaError as error:
            _say(str(error))
            ctx.exit(int(error.exit_code))
        except KeyboardInterrupt:
            _say(
                "stopped. What was read is kept, the same command goes on from here; the tables are as last written."
            )
            ctx.exit(EXIT_INTERRUPTED)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # the reader of our output left, as `| head` does
                raise
            _say(f"{error.filename or 'the system'}: {error.strerror}")
            ctx.exit(int(ExitCode.RUN_FAILED))


def _say(message: str) -> None:
    if logging.getLogger().isEnabledFor(logging.DEBUG):  # --verbose
        traceback.print_exc()
    print(f"sohoa: {message}", file=sys.stderr)
