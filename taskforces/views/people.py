"""Who is in a group: the roster of any day, coming in, leaving, and what chairs do with people."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.pages.acting import done, done_or_said
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from taskforces.actions import invitations, requests, seats
from taskforces.choices import OFFERED
from taskforces.forms.groups import JoinForm, ReasonForm
from taskforces.forms.seats import GrantForm, SearchForm, SeatForm
from taskforces.models import GroupInvitation, GroupSeat, JoinRequest
from taskforces.permissions.groups import group_for
from taskforces.permissions.seats import known_to, own_seat_for
from taskforces.permissions.table import GroupRight
from taskforces.queries.candidates import candidates
from taskforces.queries.pages import invitations_of, may_of, requests_to, ways_in
from taskforces.queries.rosters import lines_of, roster
from taskforces.queries.seats import seat_of
from taskforces.queries.sections import sections_of
from taskforces.views.groups import around, oneself


def day_asked(request) -> date:
    """The day that a page is asked of; today where none is, or none that is a day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.today


@require_GET
def people(request, slug):
    """The roster as of a day, its balance, and for the chairs who waits to come in."""
    row = group_for(request.user, slug, to=GroupRight.SEE_ROSTER)
    user, today, may = request.user, request.today, may_of(request.user, row)
    found = roster(row, user, on=day_asked(request), today=today)
    sections = sections_of(row, may, here="group-people")
    context = around(
        row, sections=sections, roster=found, may=may, is_today=found.on == today, seat=seat_of(user, row, on=today)
    )
    if may.manage_people and found.on == today:
        asking = requests_to(row, user, on=today)
        context["asking"] = lines_of(asking, user, on=today)
        context["invited"] = lines_of(invitations_of(row, user, on=today), user, on=today)
    return render(request, "taskforces/people.html", context)


# --- Coming in and leaving ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def join(request, slug):
    """Ask to join a group, or join it at once where its kind says so."""
    row = group_for(request.user, slug, to=GroupRight.JOIN_GROUPS)
    person, form = oneself(request), JoinForm(request.POST or kept_input(request))
    if done(request, form, partial(requests.ask, group=row, person=person, by=request.user)):
        messages.success(request, _("It is done: the group's page says how you stand to it."))
        return redirect("taskforces:group", slug=slug)
    at_once = ways_in(request.user, row, on=request.today).get("joins_at_once")
    effects = [
        _("You are in the group at once.") if at_once else _("The chairs are told, and answer; you can take it back."),
        _("Whoever reads the roster sees your name, and the group what members may read of your profile."),
        _("If you are protected, the group alone sees you there, under your handle."),
    ]
    words = {"title": _("Join the group"), "action": _("Join") if at_once else _("Ask to join"), "lead": row.name}
    return render(request, "components/confirm_page.html", around(row, form=form, effects=effects, **words))


@form_shown_at("taskforces:group")
@require_POST
def withdraw(request, slug):
    """Take one's own request back."""
    row = group_for(request.user, slug, to=GroupRight.JOIN_GROUPS)
    asked = get_object_or_404(JoinRequest.objects.open(), group=row, person__user=request.user)
    done_or_said(request, partial(requests.withdraw, request=asked, by=request.user), _("Your request is taken back."))
    return redirect("taskforces:group", slug=slug)


@require_http_methods(["GET", "POST"])
def leave(request, slug):
    """Give one's own seat back, after asking."""
    seat = own_seat_for(request.user, slug, on=request.today)
    row = seat.group
    if request.method == "POST":
        done_or_said(request, partial(seats.leave, seat=seat, by=request.user), _("You have left the group."))
        return redirect("taskforces:group", slug=slug)
    effects = [_("The rights that came with your seat end at once."), _("That you were in the group stays on record.")]
    words = {"title": _("Leave the group?"), "action": _("Leave the group"), "lead": row.name, "danger": True}
    return render(request, "components/confirm_page.html", around(row, form=Form(), effects=effects, **words))


@form_shown_at("taskforces:group")
@require_POST
def answer(request, slug, reply):
    """Accept or decline the invitation one has."""
    row = group_for(request.user, slug)
    invitation = get_object_or_404(GroupInvitation.objects.open(), group=row, person__user=request.user)
    act = {"accept": invitations.accept, "decline": invitations.decline}.get(reply)
    if act is None:
        raise Http404
    said = _("You are in the group.") if reply == "accept" else _("The invitation is declined.")
    done_or_said(request, partial(act, invitation=invitation, by=request.user), said)
    return redirect("taskforces:group", slug=slug)


# --- What chairs do -----------------------------------------------------------------------------------------------


def _managed(request, slug):
    return group_for(request.user, slug, to=GroupRight.MANAGE_PEOPLE)


def _choosing(request, slug, form_of):
    """A group, and what is shown where somebody is chosen for a role in it: the form, the search, the found."""
    row, search = _managed(request, slug), SearchForm(request.GET)
    found = candidates(row, request.user, search.words, on=request.today)
    roles = [role for role in row.kind.roles if role in OFFERED or may_of(request.user, row).manage]
    form = form_of(request.POST or kept_input(request), found=found, roles=roles)
    return row, {"form": form, "search": search, "found": found}


@require_http_methods(["GET", "POST"])
def invite(request, slug):
    """Invite a member into a group."""
    row, shown = _choosing(request, slug, SeatForm)
    if done(request, shown["form"], partial(invitations.invite, group=row, by=request.user)):
        messages.success(request, _("The invitation is on its way."))
        return redirect("taskforces:group-people", slug=slug)
    words = {"title": _("Invite somebody"), "action": _("Send the invitation")}
    words["lead"] = _("Whoever accepts is in the group. Who does not meet what the group asks for can observe.")
    return render(request, "taskforces/choose.html", around(row, **shown, **words))


@fresh_factor
@require_http_methods(["GET", "POST"])
def grant(request, slug):
    """Give somebody a seat or another role."""
    row, shown = _choosing(request, slug, GrantForm)
    if done(request, shown["form"], partial(seats.grant, group=row, by=request.user)):
        messages.success(request, _("The seat is given, and the person is told."))
        return redirect("taskforces:group-people", slug=slug)
    words = {"title": _("Give a seat or a role"), "action": _("Give the seat")}
    words["lead"] = _("A role begins today; the one the person had in the group ends.")
    return render(request, "taskforces/choose.html", around(row, **shown, **words))


@form_shown_at("taskforces:group-people")
@require_POST
def accept(request, slug, public_id):
    """Take somebody in who asked."""
    row = _managed(request, slug)
    asked = get_object_or_404(requests_to(row, request.user, on=request.today), public_id=public_id)
    done_or_said(request, partial(requests.accept, request=asked, by=request.user), _("They are in the group."))
    return redirect("taskforces:group-people", slug=slug)


@require_http_methods(["GET", "POST"])
def decline(request, slug, public_id):
    """Decline a request, with the reason."""
    row = _managed(request, slug)
    asked = get_object_or_404(requests_to(row, request.user, on=request.today), public_id=public_id)
    form = ReasonForm(request.POST or kept_input(request))
    if done(request, form, partial(requests.decline, request=asked, by=request.user)):
        messages.success(request, _("The request is declined, and the person is told why."))
        return redirect("taskforces:group-people", slug=slug)
    name = lines_of([asked], request.user, on=request.today)[0].person.name
    words = {"title": _("Decline the request"), "action": _("Decline"), "lead": name, "danger": True}
    return render(request, "components/confirm_page.html", around(row, form=form, **words))


@form_shown_at("taskforces:group-people")
@require_POST
def withdraw_invitation(request, slug, public_id):
    """Take an invitation back that nobody has answered."""
    row = _managed(request, slug)
    invitation = get_object_or_404(invitations_of(row, request.user, on=request.today), public_id=public_id)
    act = partial(invitations.withdraw, invitation=invitation, by=request.user)
    done_or_said(request, act, _("The invitation is withdrawn."))
    return redirect("taskforces:group-people", slug=slug)


@fresh_factor
@require_http_methods(["GET", "POST"])
def end_seat(request, slug, public_id):
    """End somebody's seat, after asking."""
    row = _managed(request, slug)
    known = GroupSeat.objects.in_force(on=request.today).filter(known_to(request.user, row, on=request.today))
    seat = get_object_or_404(known.select_related("group", "person"), group=row, public_id=public_id)
    if request.method == "POST":
        done_or_said(request, partial(seats.end, seat=seat, by=request.user), _("The seat has ended."))
        return redirect("taskforces:group-people", slug=slug)
    name = lines_of([seat], request.user, on=request.today)[0].person.name
    effects = [_("The rights that came with it end at once."), _("The person is told.")]
    words = {"title": _("End this seat?"), "action": _("End the seat"), "danger": True}
    words["lead"] = f"{name}, {seat.get_role_display()}"
    return render(request, "components/confirm_page.html", around(row, form=Form(), effects=effects, **words))
