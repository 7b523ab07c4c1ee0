"""Logins, and the links by which they come about."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.choices.applications import LinkPurpose
from members.choices.bodies import BodyKind, RepresentationRole
from members.kernel.clock import PortalNow
from members.kernel.sealing import addresses_on_record, is_sealed_address


class UserManager(BaseUserManager):
    """Makes logins. There is no sign-up: a login comes from an application, an invitation or staff.

    Addresses are kept in small letters, so that one address is one login and is found by its index.
    """

    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def of_address(self, email):
        """The login of an address, whatever its case, in one look-up: also where the address is sealed.

        There are two where the Secretariat has entered an application on paper for an address that is sealed.
        """
        return self.filter(email__in=addresses_on_record(email)).select_related("protection")

    def by_email(self, email):
        """The login of an address, whatever its case, or none: whose it is, before what was entered for it."""
        found = sorted(self.of_address(email), key=lambda user: not is_sealed_address(user.email))
        return found[0] if found else None

    def to_enter_for(self, email):
        """The login of an address as anybody knows it, or none: one that is sealed is not found."""
        return self.filter(email=email.strip().lower()).first()

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A login: e-mail address, second factor, language and time zone. The human behind it is a Person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), db_default=PortalNow())
    rights_due_at = models.DateTimeField(
        _("rights due at"), null=True, blank=True, help_text=_("When the next dated term of this user begins or ends.")
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(name="user_nobody_above_the_table", condition=models.Q(is_superuser=False)),
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        """When a protected member signed in last is not kept, whoever writes it down."""
        if self.last_login is not None and self.pk is not None and getattr(self, "protection", None) is not None:
            self.last_login = None
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin is open: to the Secretariat in office, and nobody else."""
        return any(group.body.kind == BodyKind.SECRETARIAT for group in self.body_groups)

    @property
    def body_groups(self):
        """The groups this user is in now, each with its body: read once a request."""
        if "_body_groups" not in self.__dict__:
            self._body_groups = list(self.groups.select_related("body").filter(body__isnull=False))
        return self._body_groups

    def keep_roles(self, *, groups, has_applied):
        """Hand the user what was read with them, for this request: their groups with bodies, whether they applied."""
        self._body_groups, self._has_applied = groups, has_applied

    @property
    def has_applied(self) -> bool:
        """Whether the user has ever begun an application: read once a request."""
        if "_has_applied" not in self.__dict__:
            self._has_applied = self.applications.exists()
        return self._has_applied

    def forget_groups(self):
        """After the groups have changed, so that nothing later in the request goes by the old ones."""
        for cached in (
            "_body_groups",
            "_has_applied",
            "_roles",
            "_perm_cache",
            "_group_perm_cache",
            "_user_perm_cache",
        ):
            self.__dict__.pop(cached, None)


class EntryLinkQuerySet(models.QuerySet):
    """The vocabulary of links."""

    def usable(self, *, at):
        return self.filter(used_at__isnull=True, expires_at__gt=at)

    def since(self, instant):
        """Made since an instant, whatever became of them."""
        return self.filter(created_at__gt=instant)

    def invitations(self):
        return self.filter(purpose=LinkPurpose.INVITATION)

    def invitations_to(self, organisation):
        return self.invitations().filter(organisation=organisation)

    def ways_in_of(self, addresses):
        """Links that an address asked for itself: whoever reads its mail comes in by them."""
        return self.filter(purpose__in=[LinkPurpose.RETURN, LinkPurpose.APPLICATION], email__in=addresses)


class EntryLink(models.Model):
    """A link sent by e-mail that lets its reader in once: bound to address, purpose and expiry.

    Its secret is derived from `public_id` by a key that the database does not hold, and only the digest is kept; see
    `docs/adr/0005-entry-links.md`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    purpose = models.CharField(max_length=20, choices=LinkPurpose.choices)
    tier = models.ForeignKey("members.Tier", models.PROTECT, null=True, blank=True, related_name="+")
    application = models.ForeignKey("members.Application", models.PROTECT, null=True, blank=True, related_name="links")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    representation_role = models.CharField(max_length=20, choices=RepresentationRole.choices, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=PortalNow())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry link")
        verbose_name_plural = _("entry links")
        indexes = [models.Index("expires_at", name="entry_link_expiry")]
        constraints = [
            models.CheckConstraint(
                name="entry_link_invitation_has_inviter",
                condition=~models.Q(purpose=LinkPurpose.INVITATION)
                | models.Q(invited_by__isnull=False, organisation__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.pk}"
