"""The administration as the Secretariat finds it: its pages under headings that say what they are for."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

SECTIONS = (
    (_("People and organisations"), ("User", "Person", "Organisation", "Affiliation", "Representation")),
    (_("Tiers and memberships"), ("Tier", "TierTerms", "DecisionRule", "Membership")),
    (_("Offices"), ("SteeringSeat", "SeatTerm", "ChairTerm", "StaffTerm")),
    (_("Applications"), ("Application", "ApplicationVersion", "CheckItem", "LetterTemplate", "Letter")),
    (_("Ballots and decisions"), ("Ballot", "BallotEvent", "Decision")),
    (_("Lists to choose from"), ("Expertise", "Region", "Country", "Language")),
    (_("Record"), ("AuditEvent", "Notice", "RetentionPeriod")),
)
OTHERS = _("Others")


class Administration(AdminSite):
    """Django's administration with its pages grouped by what they are about, in the order of the work."""

    site_header = site_title = _("Administration")
    index_title = _("Administration")
    enable_nav_sidebar = True

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        pages = {page["object_name"]: page for app in apps for page in app["models"]}
        named = [(label, [pages.pop(name) for name in names if name in pages]) for label, names in SECTIONS]
        return [self._group(label, models) for label, models in [*named, (OTHERS, list(pages.values()))] if models]

    @staticmethod
    def _group(label, models):
        return {
            "name": label,
            "app_label": models[0]["model"]._meta.app_label,
            "app_url": "",
            "has_module_perms": True,
            "models": models,
        }


class AdministrationConfig(AdminConfig):
    """Puts the portal's administration in the place of Django's."""

    default_site = "platform_portal.administration.Administration"
