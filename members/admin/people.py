"""People, organisations, and the dated terms between them and the platform."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from members.actions import accounts, organisations, people
from members.admin.base import ByAction, ForReading
from members.forms.administration import OrganisationAdminForm, PersonAdminForm
from members.kernel.refusals import Refused
from members.models import (
    Affiliation,
    ChairTerm,
    Membership,
    Organisation,
    Person,
    Representation,
    SeatTerm,
    StaffTerm,
    SteeringSeat,
    User,
)


@admin.register(User)
class UserAdmin(ForReading):
    list_display = ["email", "is_active", "language", "time_zone", "joined_at"]
    list_filter = ["is_active", "language"]
    search_fields = ["email"]
    fields = ["email", "is_active", "language", "time_zone", "joined_at", "rights_due_at"]
    actions = ["end_sessions", "close_logins", "reopen_logins"]

    @admin.action(description=_("End all sessions"), permissions=["view"])
    def end_sessions(self, request, queryset):
        self.for_each(request, queryset, lambda user: accounts.end_sessions(user=user, by=request.user))

    @admin.action(description=_("Put out of use: rights and sessions end at once"), permissions=["view"])
    def close_logins(self, request, queryset):
        self.for_each(request, queryset, lambda user: accounts.close_login(user=user, by=request.user))

    @admin.action(description=_("Bring back into use, with the rights of the terms in force"), permissions=["view"])
    def reopen_logins(self, request, queryset):
        self.for_each(request, queryset, lambda user: accounts.reopen_login(user=user, by=request.user))

    def for_each(self, request, users, act):
        """Do it with each of the chosen, and say of each who was refused why."""
        count = 0
        for user in users:
            try:
                act(user)
            except Refused as refused:
                self.message_user(request, f"{user}: {refused.message}", messages.WARNING)
            else:
                count += 1
        self.message_user(request, str(_("Done for {count}.")).format(count=count))


@admin.register(Person)
class PersonAdmin(ByAction):
    form = PersonAdminForm
    enter, change, called = staticmethod(people.enter), staticmethod(people.change), "person"
    list_display = ["name", "latin_name", "country", "listed"]
    list_select_related = ["country"]
    list_filter = ["listed"]
    search_fields = ["sort_key", "name"]

    def get_fields(self, request, obj=None):
        """A method, since the checks of the admin let no list with a level stand in `fields`."""
        return [*PersonAdminForm.Meta.fields, "seen"]


@admin.register(Organisation)
class OrganisationAdmin(ByAction):
    form = OrganisationAdminForm
    enter, change, called = staticmethod(organisations.enter), staticmethod(organisations.change), "organisation"
    list_display = ["name", "acronym", "kind", "country"]
    list_select_related = ["country"]
    list_filter = ["kind"]
    search_fields = ["sort_key", "acronym"]
    fields = [*OrganisationAdminForm.Meta.fields, "seen"]


class TermAdmin(ForReading):
    list_filter = [("ends_on", admin.EmptyFieldListFilter)]
    date_hierarchy = "starts_on"


@admin.register(Affiliation)
class AffiliationAdmin(TermAdmin):
    list_display = ["person", "organisation", "position", "starts_on", "ends_on"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__sort_key", "organisation__sort_key"]


@admin.register(Representation)
class RepresentationAdmin(TermAdmin):
    list_display = ["person", "organisation", "role", "starts_on", "ends_on"]
    list_select_related = ["person", "organisation"]
    list_filter = ["role", ("ends_on", admin.EmptyFieldListFilter)]
    search_fields = ["person__sort_key", "organisation__sort_key"]


@admin.register(Membership)
class MembershipAdmin(TermAdmin):
    list_display = ["holder", "tier", "starts_on", "ends_on", "decision", "founding"]
    list_select_related = ["person", "organisation", "tier", "decision"]
    list_filter = ["tier", "founding", ("ends_on", admin.EmptyFieldListFilter)]
    search_fields = ["person__sort_key", "organisation__sort_key", "decision__number"]


@admin.register(SteeringSeat)
class SteeringSeatAdmin(ForReading):
    list_display = ["number", "organisation", "person", "opened_on", "closed_on"]
    list_select_related = ["organisation", "person"]


@admin.register(SeatTerm)
class SeatTermAdmin(TermAdmin):
    list_display = ["seat", "person", "role", "starts_on", "ends_on"]
    list_select_related = ["seat", "person"]


@admin.register(ChairTerm)
class ChairTermAdmin(TermAdmin):
    list_display = ["person", "starts_on", "ends_on"]
    list_select_related = ["person"]


@admin.register(StaffTerm)
class StaffTermAdmin(TermAdmin):
    list_display = ["person", "role", "starts_on", "ends_on"]
    list_select_related = ["person"]
