"""Forms about one's own account: allauth's where it has them, with the portal's rules."""

from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import AddEmailForm, ConfirmEmailVerificationCodeForm, LoginForm, ResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import encrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.kernel.instants import places
from members.models import User


class SignInForm(LoginForm):
    """Address and password. From here on allauth keeps the address as it stands on record, which may be sealed."""

    def user_credentials(self):
        credentials = super().user_credentials()
        typed = credentials.get("email")
        known = User.objects.by_email(typed) if typed else None
        return credentials | {"email": known.email} if known else credentials


class NewAddressForm(AddEmailForm):
    """A new address to sign in with, for those who can show that it is them who ask."""

    def clean_email(self):
        email = super().clean_email()
        if not self.user.has_usable_password() and not Authenticator.objects.filter(user=self.user).exists():
            raise ValidationError(
                _("Set a password or a passkey first: until then, whoever reads your mail is you."), code="unproven"
            )
        return email


class NewAddressCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that proves a new address. That it is another's is said here alone, to whoever reads its mail."""

    def clean_code(self):
        code = super().clean_code()
        owner = User.objects.by_email(self.email)
        if owner is not None and owner != self.user:  # also where it is sealed, which no constraint can know
            raise get_account_adapter().validation_error("email_taken")
        return code


class NewPasswordForm(ResetPasswordForm):
    """An address that asks for a new password: one look-up, whether it is known or not."""

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        known = User.objects.by_email(email)
        self.users = [known] if known is not None and known.is_active else []
        return email


class KeyForm(AddWebAuthnForm):
    """A passkey, unless somebody wants a key that is asked for after the password only."""

    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_("A passkey: your device asks for your finger, face or PIN, and no password is needed."),
    )


class AppForm(ActivateTOTPForm):
    """Sets an authenticator app up by a code of it. That code counts as used: seen by others, it lets nobody in."""

    def clean_code(self):
        code = super().clean_code()
        app = Authenticator(user=self.user, type=Authenticator.Type.TOTP, data={"secret": encrypt(self.secret)})
        if not app.wrap().validate_code(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class PrintedCodesForm(forms.Form):
    """Asks for a printed list of codes, which may be the only second factor of those without app or device."""

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)


def zones(*, kept: str = "") -> list[tuple[str, str]]:
    """Time zones by place: “Africa/Nairobi” is shown as “Africa, Nairobi”. One that was chosen earlier is `kept`."""
    names = sorted((places() | {kept} & available_timezones()) - {"UTC"})
    return [("UTC", "UTC"), *((name, name.replace("/", ", ").replace("_", " ")) for name in names)]


class ReadingForm(forms.Form):
    """In which language and time zone the portal speaks to its reader."""

    language = forms.ChoiceField(label=_("Language"), help_text=_("Of pages and mails."), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Deadlines are shown in it, and in UTC beside it."), choices=zones
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones(kept=self.initial.get("time_zone", ""))
