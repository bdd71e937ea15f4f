"""allauth's forms in Keel's words, which `ACCOUNT_FORMS` puts in the place of allauth's own; and one's own name."""

import re
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import LONGEST_NAME, User

# What makes a link of words, in a mail or on a page.
NO_NAME = re.compile(r"[@/\\:<>\x00-\x1f\x7f]|www\.", re.IGNORECASE)
LONGEST_PASSWORD = 200  # characters; more would only make checking it slow
HINT_FOR_A_NEW_PASSWORD = "Use at least 12 characters. Three random words work well."  # noqa: S105  a hint, no secret


def email_field(**options: Any) -> EmailField:
    """An address, in small letters whatever was typed: one address is one person."""
    return EmailField(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Enter an email address with 254 characters or fewer",
        },
        **options,
    )


def password_field(label: str = "Password", *, missing: str = "Enter your password") -> PasswordField:
    """One's own password, as it was typed."""
    return without_placeholder(
        PasswordField(label=label, autocomplete="current-password", error_messages={"required": missing})
    )


def new_password_field(label: str, *, kind: type[PasswordField] = SetPasswordField) -> PasswordField:
    """A password to choose: one field with a button that shows it, instead of typing it twice."""
    options = {"help_text": HINT_FOR_A_NEW_PASSWORD, "autocomplete": "new-password", "max_length": LONGEST_PASSWORD}
    says = {
        "required": f"Enter a {label.lower()}",
        "max_length": f"Enter a password with {LONGEST_PASSWORD} characters or fewer",
    }
    return without_placeholder(kind(label=label, error_messages=says, **options))


def without_placeholder(field: PasswordField) -> PasswordField:
    """The field without the grey text inside that allauth gives it: it goes when somebody types."""
    del field.widget.attrs["placeholder"]
    return field


class LoginForm(allauth_forms.LoginForm):
    """Sign in."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field()


class SignupForm(allauth_forms.SignupForm):
    """Create an account. An address that has one already is answered alike, and at the same cost."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.invitation = get_adapter().invitation
        self.fields["email"] = email_field(initial=self.invitation.email if self.invitation else None)
        self.fields["password1"] = new_password_field("Password", kind=PasswordField)

    def validate_unique_email(self, value: str) -> str:
        """Note whether somebody signs in with this address; the page does not say so."""
        self.account_already_exists = User.objects.filter(email=value).exists()
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new person; or nobody, and the page that a new person would see."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # as much work as for a new address: time tells nothing
        else:
            try:
                return self.save(request), None
            except IntegrityError:  # the same address, sent twice at the same moment
                self.account_already_exists = True
        return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """The new person; the invitation is spent with it. Raises IntegrityError if the address was taken meanwhile."""
        user = super().save(request)
        if self.invitation and not self.invitation.use():
            raise IntegrityError
        return user


class AddEmailForm(allauth_forms.AddEmailForm):
    """Another address for one's account."""

    email = email_field()


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    password = password_field()


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    email = email_field()

    def clean_email(self) -> str:
        """The address as it is. Today's sign-up rule says nothing about those who have an account.

        An address that somebody asked to change to and has not confirmed does not count: it may be mistyped, and
        whoever reads mail there would be let in.
        """
        email: str = self.cleaned_data["email"]
        self.users = list(User.objects.filter(email=email, is_active=True))
        return email


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """Change one's password."""

    oldpassword = password_field("Current password", missing="Enter your current password")
    password1 = new_password_field("New password")
    password2 = None


class SetPasswordForm(allauth_forms.SetPasswordForm):
    """A first password, for somebody who signed in without one so far."""

    password1 = new_password_field("Password")
    password2 = None


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """A new password after the link in the mail."""

    password1 = new_password_field("New password")
    password2 = None


class NameForm(forms.Form):
    """What one is called. It stands in mails to others, so it cannot hold an address of any kind."""

    your_name = forms.CharField(
        label="Your name",
        help_text="People you share with see it. You can leave it empty.",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"max_length": f"Enter a name with {LONGEST_NAME} characters or fewer"},
    )

    def clean_your_name(self) -> str:
        """The name on one line."""
        name = " ".join(self.cleaned_data["your_name"].split())
        if NO_NAME.search(name):
            raise forms.ValidationError("Enter a name without a web or email address in it")
        return name
