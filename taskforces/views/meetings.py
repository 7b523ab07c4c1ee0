"""Meetings of a group: the list, a meeting's page, planning, changing and cancelling, and answering."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.pages.acting import done
from members.pages.gates import form_shown_at, kept_input
from members.permissions.roles import may
from taskforces.actions import meetings
from taskforces.choices import Feature
from taskforces.forms.meetings import AnswerForm, CancelForm, MeetingForm, PlanForm
from taskforces.models import Meeting
from taskforces.permissions.groups import group_for, group_with
from taskforces.permissions.meetings import keeps_minutes, meeting_for
from taskforces.permissions.seats import own_seat_for
from taskforces.permissions.table import GroupRight
from taskforces.queries.calendars import calendar_of
from taskforces.queries.meetings import coming_in, meeting_lines, page_of_meeting, past_in
from taskforces.queries.pages import may_of
from taskforces.queries.seats import seat_of
from taskforces.queries.sections import sections_of
from taskforces.views.groups import around

PAGE = 20


def near(meeting, **content) -> dict:
    """What every page shows on which something is done with a meeting."""
    shown = around(meeting.group)
    back = reverse("taskforces:group-meeting", args=[meeting.group.slug, meeting.public_id])
    shown["crumbs"] += [
        {"label": _("Meetings"), "url": reverse("taskforces:group-meetings", args=[meeting.group.slug])}
    ]
    shown["crumbs"] += [{"label": meeting.title, "url": back}]
    return shown | {"meeting": meeting, "back_url": back, "lead": meeting.title} | content


@require_GET
def index(request, slug):
    """The meetings of a group to come and past; to members who do not attend it, those with published minutes."""
    row, user = group_for(request.user, slug), request.user
    if not may(user, GroupRight.SEE_ALL_GROUPS):
        raise PermissionDenied
    if not row.kind.has(Feature.MEETINGS):
        raise Http404
    held = may_of(user, row)
    page = Paginator(past_in(row, user, at=request.now), PAGE).get_page(request.GET.get("page"))
    lines = meeting_lines(page, user, on=request.today)
    context = around(row, page=page, past=lines, may=held, sections=sections_of(row, held, here="group-meetings"))
    context["coming"] = list(coming_in(row, user, at=request.now)[:PAGE])
    return render(request, "taskforces/meetings/index.html", context)


@require_http_methods(["GET", "POST"])
def plan(request, slug):
    """Plan a meeting."""
    row = group_with(request.user, slug, Feature.MEETINGS, to=GroupRight.RUN)
    form = PlanForm(request.POST or kept_input(request), zone=request.user.time_zone)
    if planned := done(request, form, partial(meetings.plan, group=row, by=request.user)):
        messages.success(request, _("The meeting is planned, and the group is invited."))
        return redirect("taskforces:group-meeting", slug=slug, public_id=planned.public_id)
    words = {"title": _("Plan a meeting"), "action": _("Plan and invite the group")}
    words["lead"] = _("The group and its observers are told at once. Names of people stand in no mail and no calendar.")
    return render(request, "taskforces/edit.html", around(row, form=form, **words))


@require_GET
def meeting(request, slug, public_id):
    """A meeting, for whoever attends the group."""
    row = meeting_for(request.user, slug, public_id)
    user, held = request.user, may_of(request.user, row.group)
    page = page_of_meeting(row, user, at=request.now)
    seat = seat_of(user, row.group, on=request.today)
    form = AnswerForm(initial={"reply": page["own_reply"]}) if seat and page["is_ahead"] else None
    context = page | {"may": held, "answer_form": form, "keeps": keeps_minutes(user, row.group, on=request.today)}
    shown = near(row, title=row.title, sections=sections_of(row.group, held, here="group-meetings"))
    shown["crumbs"], shown["lead"] = shown["crumbs"][:-1], ""
    return render(request, "taskforces/meetings/meeting.html", shown | context)


@require_http_methods(["GET", "POST"])
def edit(request, slug, public_id):
    """Change what was planned."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = MeetingForm(request.POST or kept_input(request), instance=row)
    if done(request, form, partial(meetings.change, meeting=row, by=request.user)):
        messages.success(request, _("The meeting is changed, and the group is told."))
        return redirect("taskforces:group-meeting", slug=slug, public_id=public_id)
    words = {"title": _("Change the meeting"), "action": _("Save and tell the group")}
    return render(request, "taskforces/edit.html", near(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def cancel(request, slug, public_id):
    """Call a meeting off, with the reason."""
    row = meeting_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = CancelForm(request.POST or kept_input(request))
    if done(request, form, partial(meetings.cancel, meeting=row, by=request.user)):
        messages.success(request, _("The meeting is cancelled, and the group is told."))
        return redirect("taskforces:group-meeting", slug=slug, public_id=public_id)
    words = {"title": _("Cancel the meeting?"), "action": _("Cancel the meeting"), "danger": True}
    effects = [_("The group is told, and calendars show it as cancelled."), _("It cannot be taken back.")]
    return render(request, "components/confirm_page.html", near(row, form=form, effects=effects, **words))


@form_shown_at("taskforces:group-meeting")
@require_POST
def answer(request, slug, public_id):
    """Say whether one comes."""
    seat = own_seat_for(request.user, slug, on=request.today)
    row = get_object_or_404(Meeting, group=seat.group, public_id=public_id)
    form = AnswerForm(request.POST)
    if done(request, form, partial(meetings.answer, meeting=row, person=seat.person, by=request.user)):
        messages.success(request, _("Your answer is kept. You can change it until the meeting begins."))
    else:
        messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
    return redirect("taskforces:group-meeting", slug=slug, public_id=public_id)


@require_GET
def calendar(request, slug, public_id):
    """One meeting to take along into a calendar."""
    row = meeting_for(request.user, slug, public_id)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(calendar_of(row), content_type="text/calendar; charset=utf-8", headers=headers)
