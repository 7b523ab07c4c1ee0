"""Reads about one's own login: its ways of signing in, and its sessions."""

from collections import Counter
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

FEW_CODES = 4


@dataclass(frozen=True)
class WaysIn:
    """By what a user signs in and proves that it is them."""

    password: bool
    keys: int
    app: bool
    codes_left: int

    @property
    def has_factor(self) -> bool:
        return bool(self.app or self.keys or self.codes_left)

    @property
    def by_link_only(self) -> bool:
        """Whether nothing but a link in their mail lets the user in."""
        return not self.password and not self.keys

    @property
    def codes_run_out(self) -> bool:
        return 0 < self.codes_left < FEW_CODES


def ways_in(user) -> WaysIn:
    """The ways in of a user, in one statement."""
    factors = list(Authenticator.objects.filter(user_id=user.pk))
    count = Counter(factor.type for factor in factors)
    codes = [factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES]
    return WaysIn(
        password=user.has_usable_password(),
        keys=count[Authenticator.Type.WEBAUTHN],
        app=bool(count[Authenticator.Type.TOTP]),
        codes_left=sum(len(factor.wrap().get_unused_codes()) for factor in codes),
    )


def sessions_of(user):
    """The sessions of a user that still last, newest first."""
    lasting = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.filter(Exists(lasting), user_id=user.pk).order_by("-created_at", "-pk")
