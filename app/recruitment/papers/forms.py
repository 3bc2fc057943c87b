"""What a person says of a paper that is kept for all applications."""

from __future__ import annotations

from app.platform.sentences import say
from app.recruitment.applications.kinds import DOCUMENTS
from app.recruitment.documents.forms import UploadForm
from app.web.forms import DateField, RadiosField


class PaperForm(UploadForm):
    """A paper of a kind, and the day on which it expires if it does."""

    kind = RadiosField(
        say("What is it?"), choices=list(DOCUMENTS.items()), missing=say("Select what the document is")
    )
    expires_on = DateField(
        say("Date it expires"), required=False, hint=say("Leave empty if it does not expire.")
    )
