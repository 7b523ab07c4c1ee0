"""The list of working groups, a group's page, and what the Secretariat does with it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.models import Person
from members.pages.acting import done
from members.pages.gates import fresh_factor, kept_input
from members.permissions.roles import may
from taskforces.actions import groups
from taskforces.filters import GroupFilter
from taskforces.forms.groups import EntryForm, GroupForm, StepForm
from taskforces.permissions.groups import group_for, visible_to
from taskforces.permissions.table import GroupRight
from taskforces.queries.charters import next_states
from taskforces.queries.meetings import ahead_in
from taskforces.queries.pages import group_lines, page_of

PAGE = 50


def above(group=None) -> list[dict]:
    """The pages above a group's own, and above those of what is done with it."""
    index = [{"label": _("Working groups"), "url": reverse("taskforces:groups")}]
    own = [{"label": group.name, "url": reverse("taskforces:group", args=[group.slug])}] if group else []
    return index + own


def around(group, **content) -> dict:
    """What every page shows on which something is done with a group."""
    return {"group": group, "crumbs": above(group), "back_url": above(group)[-1]["url"]} | content


def oneself(request) -> Person:
    """The person of the user. Whoever has no profile yet can be in no group."""
    found = Person.objects.filter(user=request.user).first()
    if found is None:
        raise PermissionDenied
    return found


@login_not_required
@require_GET
def index(request):
    """The working groups a viewer may know of."""
    outside = not may(request.user, GroupRight.SEE_ALL_GROUPS)
    found = GroupFilter(request.GET, queryset=visible_to(request.user).select_related("kind"), outside=outside)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    lines = group_lines(page, request.user, on=request.today)
    may_enter = may(request.user, GroupRight.ENTER_GROUP)
    context = {"filter": found, "page": page, "lines": lines, "may_enter": may_enter}
    return render(request, "taskforces/index.html", context)


@login_not_required
@require_GET
def group(request, slug):
    """A group: its public face, and what each reader finds there besides."""
    row = group_for(request.user, slug)
    page = page_of(row, request.user, on=request.today) | ahead_in(row, request.user, at=request.now)
    return render(request, "taskforces/group.html", page | {"crumbs": above()})


@require_http_methods(["GET", "POST"])
def enter(request):
    """Enter a group, as proposed."""
    if not may(request.user, GroupRight.ENTER_GROUP):
        raise PermissionDenied
    form = EntryForm(request.POST or kept_input(request))
    if entered := done(request, form, partial(groups.enter, by=request.user)):
        messages.success(request, _("The group is entered, as proposed. Name its chair next."))
        return redirect("taskforces:group", slug=entered.slug)
    words = {"title": _("Enter a working group"), "action": _("Enter the group")}
    context = words | {"form": form, "crumbs": above(), "back_url": above()[0]["url"]}
    return render(request, "taskforces/edit.html", context)


@require_http_methods(["GET", "POST"])
def edit(request, slug):
    """Change what a group says of itself and whom it is for."""
    row = group_for(request.user, slug, to=GroupRight.MANAGE_GROUP)
    form = GroupForm(request.POST or kept_input(request), instance=row)
    if done(request, form, partial(groups.change, group=row, by=request.user)):
        messages.success(request, _("The group is saved."))
        return redirect("taskforces:group", slug=slug)
    words = {"title": _("Change the group"), "action": _("Save the group")}
    return render(request, "taskforces/edit.html", around(row, form=form, **words))


@fresh_factor
@require_http_methods(["GET", "POST"])
def step(request, slug):
    """Move a group into another state."""
    row = group_for(request.user, slug, to=GroupRight.MANAGE_GROUP)
    form = StepForm(request.POST or kept_input(request), states=next_states(row, on=request.today))
    if done(request, form, partial(groups.step, group=row, by=request.user)):
        messages.success(request, _("The group has moved on, and its people are told."))
        return redirect("taskforces:group", slug=slug)
    words = {"title": _("Change the state of the group"), "action": _("Change the state")}
    effects = [_("The reason stands in the group's history."), _("The group's people are told.")]
    context = around(row, form=form, effects=effects, lead=row.name, **words)
    return render(request, "components/confirm_page.html", context)
