"""A person's page, and one's own profile and membership."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import people, searches
from members.choices.audiences import Audience
from members.forms.people import READERS, ReadersForm
from members.kernel.refusals import Refused
from members.pages.acting import done
from members.pages.gates import not_while_sealed
from members.permissions.correspondence import may_write_to
from members.permissions.fields import NARROWABLE, reach_of
from members.permissions.people import person_for
from members.permissions.roles import is_member, may
from members.permissions.table import Right
from members.queries import memberships
from members.queries.field_words import name_of
from members.queries.people import SEEN_AS, project, project_as
from members.views.listing import spent
from members.views.profiles import gaps

SEEN_AS_WORDS = {
    Audience.PUBLIC: gettext_lazy("Anyone"),
    Audience.MEMBERS: gettext_lazy("A member"),
    Audience.STEERING: gettext_lazy("A steering seat"),
    Audience.SECRETARIAT: gettext_lazy("The Secretariat"),
}


def counted(request, row, view) -> None:
    """Count a person who is about to be shown, but oneself. Raises Refused, code `spent`."""
    if row.user_id != request.user.pk:
        in_office = may(request.user, Right.EXPORT_DIRECTORY)
        searches.count_reading(people=[view.public_id], in_office=in_office, on=request.today, by=request.user)


@require_GET
def person(request, public_id):
    """A person, as the reader may see them."""
    row = person_for(request.user, public_id, on=request.today)
    view = project(request.user, row, on=request.today)
    try:
        counted(request, row, view)
    except Refused as refused:
        return spent(request, refused)
    context = {"person": view, "may_ask_unsealing": may(request.user, Right.ASK_UNSEALING)}
    context["may_write"] = may_write_to(request.user, row)
    if may(request.user, Right.SEE_DIRECTORY):
        context["crumbs"] = [{"label": _("Members"), "url": reverse("members:directory")}]
    return render(request, "members/people/person.html", context)


def own_person(request):
    """The person behind the login, or None for a login without one, as a new applicant's is."""
    return getattr(request.user, "person", None)


def readers_in_words(person) -> list[dict]:
    """The parts of a profile that its person shows to fewer, each with who sees it, as rows of a summary."""
    rows = sorted(person.narrowings.all(), key=lambda row: NARROWABLE.index(row.field))
    return [{"key": name_of(row.field), "value": READERS[reach_of(row.audiences)]} for row in rows]


@require_GET
def profile(request):
    """One's own profile, as it stands and as others see it."""
    own = own_person(request)
    view = project(request.user, own, on=request.today) if own else None
    narrowed = readers_in_words(own) if own else []
    context = {"person": view, "is_member": is_member(request.user), "narrowed": narrowed}
    context["gaps"] = gaps(view) if view else []
    return render(request, "members/people/profile.html", context)


@require_http_methods(["GET", "POST"])
@not_while_sealed
def readers(request):
    """Choose who sees which part of one's own profile."""
    row = own_person(request)
    if row is None:
        raise PermissionDenied
    form = ReadersForm(request.POST or None, person=row)
    if done(request, form, partial(people.narrow, person=row, by=request.user)):
        messages.success(request, _("From now on your profile is shown as you chose."))
        return redirect("members:profile")
    back = reverse("members:profile")
    crumbs = [{"label": _("My profile"), "url": back}]
    return render(request, "members/people/readers.html", {"form": form, "back_url": back, "crumbs": crumbs})


@require_GET
def seen_as(request, audience):
    """One's own profile as others see it."""
    row = own_person(request)
    if row is None:
        raise PermissionDenied
    if audience not in SEEN_AS:
        raise Http404
    tabs = [
        {
            "label": SEEN_AS_WORDS[each],
            "url": reverse("members:profile-as", args=[each.value]),
            "current": each.value == audience,
        }
        for each in SEEN_AS
    ]
    context = {
        "own": row,
        "person": project_as(Audience(audience), row, on=request.today),
        "audience": audience,
        "tabs": tabs,
        "crumbs": [{"label": _("My profile"), "url": reverse("members:profile")}],
    }
    return render(request, "members/people/seen_as.html", context)


@require_GET
def membership(request):
    """One's own membership, of oneself or of the organisation one speaks for, with its dates and its decision."""
    own, today = own_person(request), request.today
    terms = memberships.of_person(own, on=today) if own else []
    context = {
        "current": [term for term in terms if term.is_in_force(on=today)],
        "to_come": [term for term in terms if term.starts_on > today],
        "past": [term for term in terms if term.ends_on and term.ends_on <= today],
        "spoke": memberships.spoken_for_before(own, on=today) if own else [],
    }
    return render(request, "members/people/membership.html", context)
