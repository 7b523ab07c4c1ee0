"""What people took on at meetings of a group: the list, something new, and done."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.pages.acting import done
from members.pages.gates import kept_input
from taskforces.actions import action_items
from taskforces.choices import Feature
from taskforces.forms.meetings import ActionForm, OutcomeForm
from taskforces.permissions.groups import group_with
from taskforces.permissions.meetings import (
    action_to_finish_for,
    actions_visible_to,
    kept_meeting_for,
)
from taskforces.permissions.table import GroupRight
from taskforces.queries.meetings import action_lines, own_people
from taskforces.queries.pages import may_of
from taskforces.queries.sections import sections_of
from taskforces.views.groups import around
from taskforces.views.meetings import near

PAGE = 50


@require_GET
def index(request, slug):
    """What people took on: what is open first, then what was done."""
    row, user = group_with(request.user, slug, Feature.MEETINGS, to=GroupRight.ATTEND), request.user
    rows = actions_visible_to(user).filter(group=row)
    rows = rows.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may = may_of(user, row)
    lines = action_lines(page, row, user, on=request.today)
    context = around(row, page=page, lines=lines, may=may, sections=sections_of(row, may, here="group-meetings"))
    return render(request, "taskforces/meetings/actions.html", context)


@require_http_methods(["GET", "POST"])
def give(request, slug, public_id):
    """Write down what somebody takes on."""
    row = kept_meeting_for(request.user, slug, public_id, on=request.today)
    people = own_people(row.group, request.user, on=request.today)
    form = ActionForm(request.POST or kept_input(request), people=people)
    if done(request, form, partial(action_items.give, meeting=row, by=request.user)):
        messages.success(request, _("It is written down, and the owner is told."))
        return redirect("taskforces:group-meeting", slug=slug, public_id=public_id)
    words = {"title": _("Give somebody something to do"), "action": _("Write it down")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def finish(request, slug, public_id):
    """Say that it is done."""
    item = action_to_finish_for(request.user, slug, public_id)
    form = OutcomeForm(request.POST or kept_input(request))
    if done(request, form, partial(action_items.finish, item=item, by=request.user)):
        messages.success(request, _("It is done."))
        return redirect("taskforces:group-actions", slug=slug)
    words = {"title": _("Is it done?"), "action": _("It is done"), "lead": item.text}
    return render(request, "components/confirm_page.html", around(item.group, form=form, **words))
