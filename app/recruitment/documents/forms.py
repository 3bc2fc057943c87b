"""What may be uploaded, and the confirmation that it is taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.platform import antivirus, storage, uploads
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.kinds import DOCUMENTS, document_title
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.papers.models import Paper
from app.web.access import current_actor
from app.web.checked_files import FileForm
from app.web.forms import HiddenTextField, MeritumForm, RadiosField, SubmitField

KINDS = [(kind, title) for kind, title in DOCUMENTS.items() if kind != "evidence"]


class UploadForm(FileForm):
    """A file of an applicant, for whom a deadline may be near: it need not wait for the virus check.

    A file that was right on a form that was wrong elsewhere is held: the page names it, and it need not be
    chosen again. `held` names it, signed for the one person.
    """

    may_wait = True
    held = HiddenTextField(max_length=4000, required=False)
    submit = SubmitField(say("Upload"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; hold a file that is right while something else is not."""
        if not self.file.data:
            self.checked = self._read_held()
            self.file.required = self.checked is None
        is_valid = bool(super().validate(extra_validators))
        if not is_valid and self.checked is not None:
            self._hold(self.checked)
        return is_valid

    @property
    def kept(self) -> CheckedFile:
        """The file of a form that was right."""
        if self.checked is None:
            raise RuntimeError("Ask for the file only after the form was checked.")
        return self.checked

    @property
    def held_name(self) -> str:
        """The name of a file that need not be chosen again; empty where there is none."""
        return self.checked.filename if self.checked is not None and self.held.data else ""

    def _hold(self, checked: CheckedFile) -> None:
        digest = uploads.keep(checked.content)
        verdict = checked.virus_check.value if checked.virus_check else ""
        self.held.data = self._seal.dumps([digest, checked.media_type, checked.filename, verdict])
        self.held.raw_data = [self.held.data]

    def _read_held(self) -> CheckedFile | None:
        try:
            digest, media_type, filename, verdict = self._seal.loads(self.held.data or "")
            content = storage.current().get(digest)
        except (BadData, NotFound):
            self.held.data, self.held.raw_data = "", [""]
            return None
        return CheckedFile(content, media_type, filename, antivirus.Verdict(verdict) if verdict else None)

    @property
    def _seal(self) -> URLSafeSerializer:
        return URLSafeSerializer(str(current_app.secret_key), salt=f"held-file:{current_actor().id}")


class DocumentForm(UploadForm):
    """A document of a kind; evidence is added at the claim it proves."""

    kind = RadiosField(say("What is it?"), choices=KINDS, missing=say("Select what the document is"))


class PickForm(MeritumForm):
    """One of the person's own documents, to be used in an application."""

    paper = RadiosField(say("Which of your documents?"), choices=[], missing=say("Select a document"))
    submit = SubmitField(say("Use this document"))

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> PickForm:
        """Offer the person's documents, each with what it is."""
        form = cls()
        form.paper.choices = [(paper.id, paper.filename, document_title(paper.kind)) for paper in papers]
        return form


class RemoveForm(MeritumForm):
    """Confirms that a document is taken out."""

    submit = SubmitField(say("Remove it"), kind="warning")
