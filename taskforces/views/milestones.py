"""What a group means to reach: the list, proposing, taking on, changing, and saying what came of it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.pages.acting import done, done_or_said
from members.pages.gates import kept_input
from taskforces.actions import milestones
from taskforces.choices import Feature
from taskforces.forms.milestones import EndForm, MilestoneForm, ProposalForm
from taskforces.permissions.groups import group_with
from taskforces.permissions.milestones import milestone_for
from taskforces.permissions.table import GroupRight
from taskforces.queries.milestones import shelves_of
from taskforces.queries.pages import may_of
from taskforces.queries.sections import sections_of
from taskforces.rules.milestones import FOLLOWS
from taskforces.views.groups import around

LIST = "taskforces:group-milestones"


@require_GET
def index(request, slug):
    """The milestones of a group."""
    row = group_with(request.user, slug, Feature.MILESTONES, to=GroupRight.ATTEND)
    may = may_of(request.user, row)
    shelves = shelves_of(row, on=request.today)
    context = around(row, may=may, shelves=shelves, is_empty=not any(shelves.values()))
    context["sections"] = sections_of(row, may, here="group-milestones")
    return render(request, "taskforces/milestones.html", context)


@require_http_methods(["GET", "POST"])
def propose(request, slug):
    """Propose a milestone."""
    row = group_with(request.user, slug, Feature.MILESTONES, to=GroupRight.CONTRIBUTE)
    form = ProposalForm(request.POST or kept_input(request))
    if done(request, form, partial(milestones.propose, group=row, by=request.user)):
        messages.success(request, _("The milestone is proposed. Who runs the group decides on it."))
        return redirect(LIST, slug=slug)
    words = {"title": _("Propose a milestone"), "action": _("Propose")}
    return render(request, "taskforces/edit.html", around(row, form=form, **words))


@require_POST
def take_on(request, slug, public_id):
    """Make a proposed milestone one of the group's."""
    row = milestone_for(request.user, slug, public_id, to=GroupRight.RUN)
    act = partial(milestones.take_on, milestone=row, by=request.user)
    done_or_said(request, act, _("The milestone is taken on."))
    return redirect(LIST, slug=slug)


@require_http_methods(["GET", "POST"])
def change(request, slug, public_id):
    """Say a milestone in other words, or move its date."""
    row = milestone_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = MilestoneForm(request.POST or kept_input(request), instance=row)
    if done(request, form, partial(milestones.change, milestone=row, by=request.user)):
        messages.success(request, _("The milestone is saved."))
        return redirect(LIST, slug=slug)
    words = {"title": _("Change the milestone"), "action": _("Save the milestone")}
    return render(request, "taskforces/edit.html", around(row.group, form=form, **words))


@require_http_methods(["GET", "POST"])
def end(request, slug, public_id):
    """Say that a milestone was reached, or is dropped."""
    row = milestone_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = EndForm(request.POST or kept_input(request), states=FOLLOWS[row.state])
    if done(request, form, partial(milestones.end, milestone=row, by=request.user)):
        messages.success(request, _("What came of the milestone is written down."))
        return redirect(LIST, slug=slug)
    words = {"title": _("What came of the milestone"), "action": _("Write it down"), "lead": row.title}
    return render(request, "taskforces/edit.html", around(row.group, form=form, **words))
