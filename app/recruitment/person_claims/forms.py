"""What a person may claim in the profile."""

from __future__ import annotations

from collections.abc import Collection

from app.platform.sentences import say
from app.recruitment.applications.kinds import CLAIMS
from app.web.forms import MeritumForm, RadiosField, SubmitField


class MakeForm(MeritumForm):
    """One more claim."""

    kind = RadiosField(say("What do you claim?"), choices=[], missing=say("Select what you claim"))
    submit = SubmitField(say("Continue"))

    @classmethod
    def without(cls, held: Collection[str]) -> MakeForm:
        """Offer the kinds that are not claimed yet."""
        form = cls()
        form.kind.choices = [
            (kind, claim.title, claim.meaning) for kind, claim in CLAIMS.items() if kind not in held
        ]
        return form


class EndForm(MeritumForm):
    """Confirms that something is claimed no longer."""

    submit = SubmitField(say("I no longer claim this"), kind="warning")
