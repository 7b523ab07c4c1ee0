"""What is kept for a time and then deleted, by kind."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kept(TextChoices):
    """One kind of rows with a retention period. The label is what is deleted."""

    DRAFT = "draft", _("Drafts of applications that were never sent: what was written in them")
    ENTRY_LINK = "entry_link", _("Entry links and invitations, with the addresses in them")
    NOTICE = "notice", _("Notices that were read")
    STRANGER = "stranger", _("Notices to addresses without an account")
    DOWNLOAD = "download", _("Entries about downloads of one's own data")
    FACTOR_NOTE = "factor_note", _("Officers' notes about lost second factors")
    CORRECTION = "correction", _("The words of corrections that were asked for and answered")


SINCE = {
    Kept.DRAFT: _("since it was last saved"),
    Kept.ENTRY_LINK: _("since the link ended"),
    Kept.NOTICE: _("since it was read"),
    Kept.STRANGER: _("since it was written"),
    Kept.DOWNLOAD: _("since it was fetched or deleted"),
    Kept.FACTOR_NOTE: _("since the request ended"),
    Kept.CORRECTION: _("since it was answered"),
}
"""From when the days of a kind are counted."""
