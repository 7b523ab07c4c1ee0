"""The directory of people, a person's page, and one's own profile and membership."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import people
from members.filters.people import PersonFilter
from members.forms.people import ProfileForm
from members.kernel.refusals import Refused
from members.permissions.people import person_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import memberships
from members.queries.people import project, project_all

PAGE = 25


@require_GET
def directory(request):
    """The people of the platform whom the reader may know of."""
    if not may(request.user, Right.SEE_DIRECTORY):
        raise PermissionDenied
    listed = memberships.taking_part(visible_to(request.user, on=request.today), on=request.today)
    found = PersonFilter(request.GET, queryset=listed, on=request.today)
    page = Paginator(found.qs.with_everything(), PAGE).get_page(request.GET.get("page"))
    people_shown = project_all(request.user, page, on=request.today)
    context = {
        "filter": found,
        "page": page,
        "people": people_shown,
        "counts": memberships.counts_by_tier(on=request.today),
    }
    return render(request, "members/people/directory.html", context)


@require_GET
def person(request, public_id):
    """A person, as the reader may see them."""
    row = person_for(request.user, public_id, on=request.today)
    return render(request, "members/people/person.html", {"person": project(request.user, row, on=request.today)})


def own_person(request):
    """The person behind the login. Raises PermissionDenied for a login without one, as a new applicant's is."""
    found = getattr(request.user, "person", None)
    if found is None:
        raise PermissionDenied
    return found


@require_GET
def profile(request):
    """One's own profile, as it stands and as others see it."""
    view = project(request.user, own_person(request), on=request.today)
    return render(request, "members/people/profile.html", {"person": view, "listed": own_person(request).listed})


@require_http_methods(["GET", "POST"])
def edit(request):
    """Change one's own profile."""
    row = own_person(request)
    form = ProfileForm(request.POST or None, instance=row, initial={"revision": row.revision})
    if request.method == "POST" and form.is_valid():
        try:
            people.change(person=row, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused, current=type(row).objects.get(pk=row.pk))
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("members:profile")
    return render(request, "members/people/edit.html", {"form": form, "back_url": reverse("members:profile")})


@require_GET
def membership(request):
    """One's own membership, of oneself or of the organisation one speaks for, with its dates and its decision."""
    terms = memberships.of_person(own_person(request))
    current = [term for term in terms if term.is_in_force(on=request.today)]
    past = [term for term in terms if term not in current]
    return render(request, "members/people/membership.html", {"current": current, "past": past})
