"""What stops the generator, in plain words."""


class ProblemError(Exception):
    """The order cannot be carried out; the message says what happened and what to do."""
