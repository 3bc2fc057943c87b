"""What a browser may send to sign in, register and choose passwords."""

from __future__ import annotations

from typing import Any, Self

from wtforms.validators import ValidationError

from app.accounts.rules import SHORTEST, password_fault
from app.web.forms import EmailField, MeritumForm, PasswordField, SubmitField, TextField

NOT_THE_SAME = "The two passwords are not the same. Type the same one twice"
ADVICE = f"At least {SHORTEST} characters. A few words that do not belong together are easy to remember."


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
    email = EmailField("Email address")
    password = PasswordField("Password")
    submit = SubmitField("Sign in")


class CodeForm(TriedForm):
    code = TextField(
        "Code",
        max_length=20,
        width="10",
        autocomplete="one-time-code",
        spellcheck=False,
        hint="The six digits that your authenticator app shows now.",
        missing="Enter the code from your authenticator app",
    )
    submit = SubmitField("Continue")


class RegisterForm(NewPassword, MeritumForm):
    name = TextField(
        "Full name",
        max_length=200,
        autocomplete="name",
        spellcheck=False,
        hint="As it stands on your identity document. Letters to you are addressed with it.",
    )
    email = EmailField("Email address", hint="We write to you at this address, and you sign in with it.")
    password = PasswordField("Password", autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        "Password again", autocomplete="new-password", missing="Type the password a second time"
    )
    submit = SubmitField("Create an account")


class ForgotForm(TriedForm):
    email = EmailField("Email address")
    submit = SubmitField("Send me a link")


class ResetForm(NewPassword, MeritumForm):
    password = PasswordField("New password", autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        "New password again", autocomplete="new-password", missing="Type the new password a second time"
    )
    submit = SubmitField("Save the new password")


class ChangePasswordForm(NewPassword, TriedForm):
    current = PasswordField("Present password")
    password = PasswordField("New password", autocomplete="new-password", hint=ADVICE)
    confirmation = PasswordField(
        "New password again", autocomplete="new-password", missing="Type the new password a second time"
    )
    submit = SubmitField("Save the new password")
