"""What a browser may send to sign in, register and choose passwords."""

from __future__ import annotations

from typing import Any, Self

from wtforms.validators import ValidationError

from app.accounts.rules import SHORTEST, password_fault
from app.platform.sentences import say
from app.web.forms import EmailField, MeritumForm, PasswordField, SubmitField, TextField

NOT_THE_SAME = say("The two passwords are not the same. Type the same one twice")
ADVICE = say(
    "At least %(count)s characters. A few words that do not belong together are easy to remember.",
    count=SHORTEST,
)


class TriedForm(MeritumForm):
    """A form whose wrong answers are counted; `is_throttled` when there were too many of them."""

    is_throttled = False
    seconds_to_wait = 0


class NewPassword:
    """The checks of a form with the fields `password` and `confirmation`."""

    email_of_person = ""
    name_of_person = ""

    def about(self, *, email: str, name: str) -> Self:
        """Say whose password it will be, where the form does not ask for it."""
        self.email_of_person, self.name_of_person = email, name
        return self

    def validate_password(self, field: Any) -> None:
        """Refuse what everyone would guess first."""
        typed: Any = self
        email = typed.email.data if "email" in typed else self.email_of_person
        name = typed.name.data if "name" in typed else self.name_of_person
        if fault := password_fault(field.data, email=email or "", name=name or ""):
            raise ValidationError(fault)

    def validate_confirmation(self, field: Any) -> None:
        """Refuse a slip of the fingers."""
        typed: Any = self
        if not typed.password.errors and field.data != typed.password.data:
            raise ValidationError(NOT_THE_SAME)


class SignInForm(TriedForm):
    email = EmailField(say("Email address"))
    password = PasswordField(say("Password"))
    submit = SubmitField(say("Sign in"))


class CodeForm(TriedForm):
    code = TextField(
        say("Code"),
        max_length=20,
        width="10",
        autocomplete="one-time-code",
        spellcheck=False,
        hint=say("The six digits that your authenticator app shows now."),
        missing=say("Enter the code from your authenticator app"),
    )
    submit = SubmitField(say("Continue"))


class RecoveryCodeForm(CodeForm):
    code = TextField(
        say("Recovery code"),
        max_length=40,
        width="20",
        autocomplete="off",
        spellcheck=False,
        hint=say("One of the ten codes that you kept. Each works once."),
        missing=say("Enter one of your recovery codes"),
    )


class MailedCodeForm(TriedForm):
    code = TextField(
        say("Code from the mail"),
        max_length=20,
        width="10",
        autocomplete="one-time-code",
        spellcheck=False,
        missing=say("Enter the code from the mail"),
    )
    submit = SubmitField(say("Confirm"))


class ConfirmForm(TriedForm):
    """Confirms by a mailed link; the password is asked for in any browser but the one that registered."""

    password = PasswordField(
        say("Password"),
        hint=say("The one that you chose when you registered."),
        missing=say("Enter the password that you chose when you registered"),
    )
    submit = SubmitField(say("Confirm my email address"))


class IdentityForm(TriedForm):
    """Shows once more who is there: by the password, or a code where there is an authenticator app.

    The page asks for one of them and deletes the other field.
    """

    password = PasswordField(say("Password"))
    code = TextField(
        say("Code"),
        max_length=20,
        width="10",
        missing=say("Enter the code from your authenticator app"),
        autocomplete="one-time-code",
        spellcheck=False,
        hint=say("The six digits that your authenticator app shows now."),
    )
    submit = SubmitField(say("Continue"))


class RegisterForm(NewPassword, TriedForm):
    name = TextField(
        say("Full name"),
        max_length=200,
        autocomplete="name",
        spellcheck=False,
        hint=say("As it stands on your identity document. Letters to you are addressed with it."),
    )
    email = EmailField(
        say("Email address"), hint=say("We write to you at this address, and you sign in with it.")
    )
    password = PasswordField(say("Password"), autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        say("Password again"), autocomplete="new-password", missing=say("Type the password a second time")
    )
    submit = SubmitField(say("Create an account"))


class ForgotForm(TriedForm):
    email = EmailField(say("Email address"))
    submit = SubmitField(say("Send me a link"))


class ResetForm(NewPassword, MeritumForm):
    password = PasswordField(say("New password"), autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        say("New password again"),
        autocomplete="new-password",
        missing=say("Type the new password a second time"),
    )
    submit = SubmitField(say("Save the new password"))


class ChangePasswordForm(NewPassword, TriedForm):
    current = PasswordField(say("Present password"))
    password = PasswordField(say("New password"), autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        say("New password again"),
        autocomplete="new-password",
        missing=say("Type the new password a second time"),
    )
    submit = SubmitField(say("Save the new password"))
