"""The four errors a service may raise; each message is a sentence for a person."""

from __future__ import annotations

from app.platform.sentences import say


class MeritumError(Exception):
    """Base of the four errors; `status` is the HTTP status that the web layer answers with."""

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(MeritumError):
    """What was asked for does not exist, or may not be seen by who asks."""

    status = 404

    def __init__(self, message: str = say("We could not find what you asked for.")) -> None:
        super().__init__(message)


class Forbidden(MeritumError):
    """The actor may not do this."""

    status = 403

    def __init__(self, message: str = say("You do not have permission to do this.")) -> None:
        super().__init__(message)


class Conflict(MeritumError):
    """The act is lawful in form but not in the present state of things."""

    status = 409


class Invalid(MeritumError):
    """One or more values are refused; `fields` maps a field's name to a sentence.

    The empty name stands for the whole form.
    """

    status = 422

    def __init__(self, message: str = "", /, **fields: str) -> None:
        self.fields: dict[str, str] = ({"": message} if message else {}) | fields
        sentences = list(self.fields.values())
        # a single one stays what it is, so that it can be shown in the reader's language
        super().__init__(sentences[0] if len(sentences) == 1 else " ".join(sentences))
