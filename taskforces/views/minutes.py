"""The agenda of a meeting, who was there, and its minutes."""

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.pages.acting import done, done_or_said
from members.pages.gates import kept_input
from taskforces.actions import agenda, minutes
from taskforces.forms.meetings import (
    ApprovalForm,
    AttendanceForm,
    CorrectionForm,
    ItemForm,
    MinutesForm,
    ProposalForm,
)
from taskforces.permissions.meetings import (
    item_for,
    keeps_minutes,
    kept_meeting_for,
    meeting_for,
    minutes_for,
)
from taskforces.permissions.table import GroupRight
from taskforces.queries.meetings import MINUTES_TONES, may_have_attended, own_people, record_of
from taskforces.queries.pages import may_of
from taskforces.queries.sections import sections_of
from taskforces.views.meetings import near


def _back(row):
    return redirect("taskforces:group-meeting", slug=row.group.slug, public_id=row.public_id)


# --- Agenda -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add_item(request, slug, public_id):
    """Put a matter on the agenda."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.RUN)
    people = own_people(row.group, request.user, on=request.today)
    form = ItemForm(request.POST or kept_input(request), people=people)
    if done(request, form, partial(agenda.add, meeting=row, by=request.user)):
        messages.success(request, _("The item is on the agenda."))
        return _back(row)
    words = {"title": _("Add to the agenda"), "action": _("Add the item")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def propose_item(request, slug, public_id):
    """Propose a matter for the agenda."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.CONTRIBUTE)
    form = ProposalForm(request.POST or kept_input(request))
    if done(request, form, partial(agenda.propose, meeting=row, by=request.user)):
        messages.success(request, _("Your proposal stands below the agenda. The chairs take it up."))
        return _back(row)
    words = {"title": _("Propose a matter"), "action": _("Propose it")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def edit_item(request, slug, public_id, item):
    """Change an item of the agenda, or take up one that was proposed."""
    found = item_for(request.user, slug, public_id, item)
    row = found.meeting
    people = own_people(row.group, request.user, on=request.today)
    form = ItemForm(request.POST or kept_input(request), instance=found, people=people)
    if done(request, form, partial(agenda.change, item=found, by=request.user)):
        messages.success(request, _("The item is saved."))
        return _back(row)
    words = {
        "title": _("Change the item") if found.is_taken_up else _("Take the proposal up"),
        "action": _("Save the item"),
    }
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def remove_item(request, slug, public_id, item):
    """Take an item off the agenda, after asking."""
    found = item_for(request.user, slug, public_id, item)
    if request.method == "POST":
        done_or_said(request, partial(agenda.remove, item=found, by=request.user), _("The item is taken off."))
        return _back(found.meeting)
    effects = [_("What was written on it goes too.")]
    words = {"title": _("Take the item off the agenda?"), "action": _("Take it off"), "danger": True}
    context = near(found.meeting, form=Form(), effects=effects, **words) | {"lead": found.title}
    return render(request, "components/confirm_page.html", context)


# --- Minutes ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def attendance(request, slug, public_id):
    """Tick who was there."""
    row = kept_meeting_for(request.user, slug, public_id, on=request.today)
    people = may_have_attended(row, request.user, on=request.today)
    there = set(row.attendance.values_list("person", flat=True))
    ticked = [str(line.person.public_id) for line in people if line.row.person_id in there]
    form = AttendanceForm(request.POST or kept_input(request), people=people, initial={"present": ticked})
    if done(request, form, partial(minutes.record_attendance, meeting=row, by=request.user)):
        messages.success(request, _("Who was there is written down."))
        return _back(row)
    words = {"title": _("Who was there"), "action": _("Save who was there")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_GET
def read(request, slug, public_id):
    """The minutes, for whoever may read them."""
    found = minutes_for(request.user, slug, public_id, on=request.today)
    row, user, may = found.meeting, request.user, may_of(request.user, found.meeting.group)
    content = record_of(row, user, attends=may.attend, on=request.today)
    content |= {"minutes": found, "notes": list(found.notes.all()), "tone": MINUTES_TONES[found.state], "may": may}
    content["keeps"] = keeps_minutes(user, row.group, on=request.today)
    shown = near(row, title=_("Minutes: %(title)s") % {"title": row.title}, lead="")
    shown["crumbs"] = shown["crumbs"] if may.attend else shown["crumbs"][:-1]
    shown["sections"] = sections_of(row.group, may, here="group-meetings")
    return render(request, "taskforces/meetings/minutes.html", shown | content)


@require_http_methods(["GET", "POST"])
def write(request, slug, public_id):
    """Write the minutes, item by item."""
    row = kept_meeting_for(request.user, slug, public_id, on=request.today)
    form = MinutesForm(request.POST or kept_input(request), meeting=row)
    if done(request, form, partial(minutes.write, meeting=row, by=request.user)):
        messages.success(request, _("The minutes are saved."))
        return redirect("taskforces:group-minutes", slug=slug, public_id=public_id)
    words = {"title": _("Write the minutes"), "action": _("Save the minutes")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def circulate(request, slug, public_id):
    """Let the group read the minutes, after asking."""
    row = kept_meeting_for(request.user, slug, public_id, on=request.today)
    form = Form(request.POST or None)
    if request.method == "POST":
        done_or_said(request, partial(minutes.circulate, meeting=row, by=request.user), _("The group is told."))
        return _back(row)
    effects = [
        _("Everybody who attends the group can read them, and is told."),
        _("They can be changed until they are approved."),
    ]
    words = {"title": _("Circulate the minutes?"), "action": _("Circulate them")}
    return render(request, "components/confirm_page.html", near(row, form=form, effects=effects, **words))


@require_http_methods(["GET", "POST"])
def approve(request, slug, public_id):
    """Approve the minutes as they were read."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.RUN)
    found = minutes_for(request.user, slug, public_id, on=request.today)
    form = ApprovalForm(request.POST or None, initial={"revision": found.revision})
    if done(request, form, partial(minutes.approve, meeting=row, by=request.user)):
        messages.success(request, _("The minutes are approved."))
        return redirect("taskforces:group-minutes", slug=slug, public_id=public_id)
    effects = [
        _("Nothing of them changes any more; a correction is a note below them."),
        str(row.get_minutes_for_display()),
    ]
    words = {"title": _("Approve the minutes?"), "action": _("Approve them")}
    return render(request, "components/confirm_page.html", near(row, form=form, effects=effects, **words))


@require_http_methods(["GET", "POST"])
def correct(request, slug, public_id):
    """Add a correction below approved minutes."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = CorrectionForm(request.POST or kept_input(request))
    if done(request, form, partial(minutes.correct, meeting=row, by=request.user)):
        messages.success(request, _("The correction stands below the minutes."))
        return redirect("taskforces:group-minutes", slug=slug, public_id=public_id)
    words = {"title": _("Add a correction"), "action": _("Add it")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))
