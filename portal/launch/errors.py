"""What a start says when it cannot go on."""


class StartError(Exception):
    """A reason why Schakel cannot start: one sentence that says what is wrong, one that says what to do."""

    def __init__(self, what: str, remedy: str):
        super().__init__(f"{what} {remedy}")
