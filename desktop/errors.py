"""The one kind of error that a user is meant to see."""


class UserError(Exception):
    """Something the user can understand and act on.

    `sentence` says in plain Chinese what is wrong, `hint` what to do about it.
    Everything else that is raised is a bug and goes to the log.
    """

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence}{self.hint}"
