"""How allauth behaves here: no open sign-up, mails by way of the Secretariat, factors that cannot be gone round.

These adapters compose two floors, sign-in and notices, and so stand above both.
"""

from base64 import urlsafe_b64encode
from ipaddress import ip_network

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from members.actions import accounts
from members.kernel.clock import database_now
from members.kernel.instants import in_words, zone_of
from members.permissions.protection import is_protected
from secretariat.actions import notices

IPV6_PREFIX = 64
"""What one subscriber is usually given, so that they count as one."""
ASKED_AT_SIGN_IN = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and the mails about it."""

    def is_open_for_signup(self, request):
        """There is no sign-up: a login comes from an application, an invitation or staff."""
        return False

    def get_client_ip(self, request):
        """A keyed digest of the network a request came from, for counting attempts: the address itself is not kept."""
        network = ip_network(super().get_client_ip(request))
        wide = network.supernet(new_prefix=IPV6_PREFIX) if network.version == 6 else network
        return salted_hmac("platform_portal.accounts.network", str(wide), algorithm="sha256").hexdigest()[:32]

    # --- Mails -------------------------------------------------------------------------------------------------

    def send_mail(self, template_prefix, email, context):
        """Write the mail in its reader's language; it leaves after the transaction, by the way of all notices."""
        user = context.get("user")
        if template_prefix == "account/email/unknown_account":
            accounts.note_reset_asked(user=None)
        with translation.override(user.language if user else translation.get_language()):
            words = context | {
                "email": email,
                "reset_url": settings.BASE_URL + reverse("account_reset_password"),
                "tiers_url": settings.BASE_URL + reverse("members:tiers"),
            }
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
            text = render_to_string(f"{template_prefix}_message.txt", words)
            kind = template_prefix.rpartition("/")[2]
            notices.send_text(email=email, user=user, subject=subject, text=text, kind=kind)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell of a change to a login: when it happened, and nothing of where from. A new address is told at both, but
        for a protected member's: nobody knows the former one any more.
        """
        if is_protected(user):
            email, context = user.email, {name: value for name, value in (context or {}).items() if "email" not in name}
        with translation.override(user.language), timezone.override(zone_of(user.time_zone)):
            facts = {"user": user, "when": in_words(database_now())} | (context or {})
        address = email or user.email
        for reader in sorted({address, facts.get("to_email", address)}):
            self.send_mail(template_prefix, reader, facts)

    def send_password_reset_mail(self, user, email, context):
        """A new password was asked for."""
        accounts.note_reset_asked(user=user)
        super().send_password_reset_mail(user, email, context)

    def get_reset_password_from_key_url(self, key):
        """The link of the mail, under the address the portal is known by and not the one that was asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)

    # --- Confirming who one is ---------------------------------------------------------------------------------

    def get_reauthentication_methods(self, user):
        """Whoever has a second factor confirms by it, and not by the password alone; the app before a key."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [method for method in methods if method["id"].startswith("mfa")]
        has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
        return sorted(by_factor, key=lambda method: ("webauthn" in method["id"]) == has_app) or methods


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are kept encrypted, and printed codes are a factor of their own."""

    def encrypt(self, text):
        """Encrypt a secret of a factor, by a key that the database does not hold."""
        return safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret, by whichever server key is in use."""
        return safe().decrypt(encrypted_text.encode()).decode()

    def is_mfa_enabled(self, user, types=None):
        """Whether the user has a factor. At sign-in a printed list of codes is asked for like an app or a key."""
        if types is not None and set(types) == ASKED_AT_SIGN_IN:
            types = [*types, Authenticator.Type.RECOVERY_CODES]
        return super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth names it
        """A name for a new key, until its owner gives it a better one."""
        return _("Key {number}").format(number=Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1)

    def _get_site_name(self):
        return _("Prevention Platform")

    def get_totp_issuer(self):
        return self._get_site_name()


def safe() -> MultiFernet:
    """What encrypts the secrets of factors: the newest server key for writing, and all in use for reading."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (salted_hmac("platform_portal.accounts.factors", "key", secret=key, algorithm="sha256") for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(mac.digest())) for mac in derived])
