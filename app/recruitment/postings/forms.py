"""What a browser may send about postings."""

from __future__ import annotations

from typing import Any

from app.personnel.positions.rules import CURRENCIES
from app.personnel.positions.states import PayPeriod
from app.recruitment.deadlines.rules import MOST_GRACE_MINUTES
from app.recruitment.postings.nyc_jobs import SOURCE
from app.recruitment.postings.states import Audience, EmploymentType, PostingState
from app.web.forms import (
    CharacterCountField,
    CheckboxField,
    DateTimeField,
    FilterForm,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    UploadField,
)

MOST_PAY_MINOR = 10**13
LONGEST_PROSE = 20_000
LARGEST_UPLOAD = 10 * 1024 * 1024
AS_LIST = "Begin a line with a dash for each entry of a list. Leave a line empty between paragraphs."


class EditForm(MeritumForm):
    """All that an officer may write in a draft."""

    title = TextField("Title", max_length=200)
    class_title = TextField("Class title", max_length=200)
    class_code = TextField("Class code", max_length=40, width="10")
    grade = TextField("Grade", max_length=40, width="10", required=False)
    category = TextField(
        "Category", max_length=200, required=False, hint="The kind of work, for example Engineering."
    )
    unit = TextField("Division or unit", max_length=200, required=False)
    location = TextField("Place of work", max_length=200)
    employment_type = RadiosField(
        "Kind of employment", choices=[(kind.value, kind.title) for kind in EmploymentType], inline=True
    )
    audience = RadiosField(
        "Who may apply", choices=[(audience.value, audience.title) for audience in Audience], inline=True
    )
    openings = IntegerField("Number of openings", minimum=1, maximum=9999)
    pay_currency = SelectField(
        "Currency", choices=[(code, code) for code in CURRENCIES], prompt="Choose a currency"
    )
    pay_min_minor = MoneyField("Lowest pay", maximum_minor=MOST_PAY_MINOR)
    pay_max_minor = MoneyField("Highest pay", maximum_minor=MOST_PAY_MINOR)
    pay_period = RadiosField(
        "Pay is for", choices=[(period.value, period.title) for period in PayPeriod], inline=True
    )
    summary = CharacterCountField(
        "Summary", max_length=600, rows=3, hint="Two or three sentences. They open the vacancy's page."
    )
    duties = TextAreaField("What the person will do", max_length=LONGEST_PROSE, rows=10, hint=AS_LIST)
    qualifications = TextAreaField("What the person needs", max_length=LONGEST_PROSE, rows=8, hint=AS_LIST)
    preferred = TextAreaField("What else helps", max_length=LONGEST_PROSE, rows=4, required=False)
    how_to_apply = TextAreaField(
        "How to apply, beyond the form on this site", max_length=LONGEST_PROSE, rows=3, required=False
    )
    rulebook = RadiosField("How applicants are ranked")
    submit = SubmitField("Save the draft")

    def process(self, formdata: Any = None, obj: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read the amounts in the currency that comes with them, whose smallest coin they are counted in."""
        given = self.meta.wrap_formdata(self, formdata)
        currency = given.get("pay_currency") if given else getattr(obj, "pay_currency", None)
        for field in (self.pay_min_minor, self.pay_max_minor):
            field.currency = currency if currency in CURRENCIES else "USD"
        super().process(formdata, obj, *args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Give what was sent, after it was validated, under the names that the service knows."""
        sent = {name: field.data for name, field in self._fields.items() if name not in NOT_VALUES}
        return sent | {
            "employment_type": EmploymentType(self.employment_type.data),
            "audience": Audience(self.audience.data),
            "pay_period": PayPeriod(self.pay_period.data),
        }


NOT_VALUES = frozenset({"submit", "csrf_token"})


class PublishForm(MeritumForm):
    """From when and until when applications may come in, on the posting's own clock."""

    opens_at = DateTimeField(
        "Applications open", required=False, hint="Leave this empty to open as soon as it is published."
    )
    closes_at = DateTimeField("Applications close")
    grace_minutes = IntegerField(
        "Grace for forms that are open then",
        minimum=0,
        maximum=MOST_GRACE_MINUTES,
        width=3,
        suffix="minutes",
        required=False,
        hint="An application whose last page was opened before the closing may come in this much later.",
    )
    submit = SubmitField("Publish the posting")


class SendBackForm(MeritumForm):
    """What has to be changed before the posting can go on."""

    reason = TextAreaField(
        "What has to be changed", max_length=2000, rows=4, hint="The reason stays in the posting's history."
    )
    submit = SubmitField("Send back to draft")


class CancelForm(MeritumForm):
    """Why a vacancy is withdrawn."""

    reason = TextAreaField(
        "Reason", max_length=2000, rows=4, hint="Everyone can read it on the vacancy's page."
    )
    submit = SubmitField("Cancel the posting", kind="warning")


class ImportForm(MeritumForm):
    """A file to look at; nothing is stored yet."""

    file = UploadField(
        "CSV file",
        allowed=["csv"],
        max_bytes=LARGEST_UPLOAD,
        hint="The open data set “NYC Jobs”, saved as CSV in UTF-8.",
    )
    submit = SubmitField("Check the file")


class ConfirmImportForm(MeritumForm):
    """That a checked file is to be stored."""

    accept_valid = CheckboxField("Store the good rows and leave the others out")
    submit = SubmitField("Import the postings")


class StaffFilterForm(FilterForm):
    """What the staff's list is narrowed to."""

    text = TextField("Words or number", max_length=80, required=False)
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.title) for state in PostingState],
    )
    agency = SelectField("Agency", required=False, prompt="All agencies")
    source = SelectField(
        "Where from",
        required=False,
        prompt="Anywhere",
        choices=[("own", "Written here"), (SOURCE, "Imported")],
    )
