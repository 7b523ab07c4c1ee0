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
    CORRESPONDENCE = "correspondence", _("Correspondence in which nothing is written any more")
    CORRECTION = "correction", _("The words of corrections that were asked for and answered")
    APPLICANT = "applicant", _("Applicants who did not become members: everything about them, as by an erasure")
    FORMER_MEMBER = "former", _("Former members: everything about them, as by an erasure")
