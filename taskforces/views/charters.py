"""A group's charter: read as of any day, compared, written, handed in, commented on, and answered."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.pages.acting import done, done_or_said
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from taskforces.actions import charters
from taskforces.choices import CharterState, Feature
from taskforces.forms.charters import AbandonForm, CharterForm, CommentForm, DispositionForm, ReleaseForm
from taskforces.models import Charter
from taskforces.permissions import charters as doors
from taskforces.permissions.groups import group_with
from taskforces.permissions.table import GroupRight
from taskforces.queries.charter_pages import VersionLine, charter_page_of, versions_of
from taskforces.queries.charter_texts import comments_of, sections_of_text, sides_of
from taskforces.queries.charters import content_of, in_force, in_preparation
from taskforces.views.groups import around, oneself
from taskforces.views.people import day_asked

DRAFT = "draft"


def around_charter(group, **content) -> dict:
    """What the pages under a group's charter show around their own content."""
    url = reverse("taskforces:group-charter", args=[group.slug])
    context = around(group, **content)
    crumbs = [*context["crumbs"], {"label": _("Charter"), "url": url}]
    return context | {"crumbs": crumbs, "back_url": url}


# --- Reading ------------------------------------------------------------------------------------------------------


@login_not_required
@require_GET
def charter(request, slug):
    """The charter of a group on a day, and what is on its way."""
    return shown(request, group_with(request.user, slug, Feature.CHARTER))


def shown(request, group, **refused):
    """The charter page of a group, with its form; one that was refused stands in its place."""
    page = charter_page_of(group, request.user, on=day_asked(request), today=request.today, at=request.now)
    if page["is_today"] and page["acts"].comment:
        action = reverse("taskforces:group-charter-comment", args=[group.slug])
        page["comment_form"] = CommentForm(kept_input(request, action=action))
    return render(request, "taskforces/charters/charter.html", around(group) | page | refused)


@login_not_required
@require_GET
def version(request, slug, version):
    """One version, as it was frozen."""
    group = group_with(request.user, slug, Feature.CHARTER)
    rows = doors.versions_visible_to(request.user, group).select_related("charter")
    row = get_object_or_404(rows, number=version)
    context = around_charter(group, line=VersionLine(row), texts=sections_of_text(row))
    return render(request, "taskforces/charters/version.html", context)


@login_not_required
@require_GET
def compare(request, slug):
    """Two versions side by side; without any named, the newest two."""
    group = group_with(request.user, slug, Feature.CHARTER)
    found = {str(line.version.number): line.version for line in versions_of(group, request.user)}
    draft = in_preparation(group) if doors.attends(request.user, group) else None
    if draft and content_of(draft) not in [content_of(row) for row in list(found.values())[:1]]:
        found = {DRAFT: draft} | found
    newest = list(found)[:2]
    asked = [request.GET.get(name) or (newest[place] if place < len(newest) else "") for name, place in NAMES]
    if not all(key in found for key in asked if key):
        raise Http404
    sides = sides_of(*(found[key] for key in asked)) if all(asked) else []
    context = {"keys": list(found), "from": asked[0], "to": asked[1], "sides": sides}
    return render(request, "taskforces/charters/compare.html", around_charter(group, **context))


NAMES = (("from", 1), ("to", 0))
"""The parameters of a comparison, each with its place among the versions, the newest first, where none is named."""

# --- Writing ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def edit(request, slug):
    """Write at the charter in preparation; where there is none, begin one from what is in force."""
    group = group_with(request.user, slug, Feature.CHARTER, to=GroupRight.RUN)
    row = in_preparation(group) or _begun(group, on=request.today)
    form = CharterForm(request.POST or kept_input(request), instance=row)
    if done(request, form, partial(charters.write, group=group, by=request.user)):
        messages.success(request, _("The charter is saved."))
        return redirect("taskforces:group-charter", slug=slug)
    words = {"title": _("Write the charter"), "action": _("Save the charter"), "lead": group.name}
    return render(request, "taskforces/edit.html", around_charter(group, form=form, **words))


def _begun(group, *, on) -> Charter:
    """A charter that is not saved yet, with the text that is in force, or of the last that was not adopted."""
    adopted = in_force(group, on=on)
    last = adopted.adopted_version if adopted else Charter.objects.filter(group=group).last()
    return Charter(group=group, **(content_of(last) if last else {}))


EFFECTS = {
    CharterState.DRAFT: (
        _("The text is frozen as a version, and cannot be changed unless you take it back before the ballot."),
        _("The Secretariat is told, and puts it to the steering committee."),
        _("If the committee releases it, all members can read it and comment on it."),
    ),
    CharterState.COMMENT: (
        _("The text is frozen as a version, and cannot be changed unless you take it back before the ballot."),
        _("The Secretariat is told, and puts it to the steering committee."),
        _("If the committee adopts it, it is in force from that day."),
    ),
}


@fresh_factor
@require_http_methods(["GET", "POST"])
def hand_in(request, slug):
    """Hand the charter in for its next ballot."""
    row = doors.charter_for(request.user, slug, to=GroupRight.RUN)
    first = row.state == CharterState.DRAFT
    given = request.POST if request.method == "POST" else kept_input(request)
    form = ReleaseForm(given, initial={"comment_days": row.comment_days}) if first else Form(given)
    if done(request, form, partial(charters.hand_in, charter=row, by=request.user)):
        messages.success(request, _("The charter is handed in. The Secretariat puts it to the committee."))
        return redirect("taskforces:group-charter", slug=slug)
    title = _("Hand in the charter, to be released for comment") if first else _("Hand in the charter for adoption")
    words = {"title": title, "action": _("Hand it in"), "lead": row.group.name}
    effects = EFFECTS.get(row.state, ())
    return render(
        request, "components/confirm_page.html", around_charter(row.group, form=form, effects=effects, **words)
    )


@form_shown_at("taskforces:group-charter")
@require_POST
def take_back(request, slug):
    """Take back a charter that was handed in, before a ballot on it is prepared."""
    row = doors.charter_for(request.user, slug, to=GroupRight.RUN)
    act = partial(charters.take_back, charter=row, by=request.user)
    done_or_said(request, act, _("The charter is taken back, and can be written at again."))
    return redirect("taskforces:group-charter", slug=slug)


@form_shown_at("taskforces:group-charter")
@fresh_factor
@require_POST
def put(request, slug):
    """Prepare the ballot on a charter that was handed in."""
    row, form = doors.charter_for(request.user, slug, to=GroupRight.MANAGE_GROUP), Form(request.POST)
    if ballot := done(request, form, partial(charters.put, charter=row, by=request.user)):
        messages.success(request, _("The ballot is prepared. Look at it, then open it."))
        return redirect("members:ballot", number=ballot.number)
    messages.error(request, " ".join(form.non_field_errors()))
    return redirect("taskforces:group-charter", slug=slug)


@fresh_factor
@require_http_methods(["GET", "POST"])
def abandon(request, slug):
    """Give up the charter in preparation, with the ballot on it."""
    row = doors.charter_for(request.user, slug, to=GroupRight.MANAGE_GROUP)
    form = AbandonForm(request.POST or kept_input(request))
    if done(request, form, partial(charters.abandon, charter=row, by=request.user)):
        messages.success(request, _("The charter is abandoned. What is in force stays."))
        return redirect("taskforces:group-charter", slug=slug)
    effects = [
        _("A ballot on it is withdrawn."),
        _("Nobody can comment on it any more."),
        _("It cannot be taken back."),
    ]
    words = {"title": _("Abandon this charter?"), "action": _("Abandon it"), "lead": row.group.name, "danger": True}
    return render(
        request, "components/confirm_page.html", around_charter(row.group, form=form, effects=effects, **words)
    )


# --- Comments -----------------------------------------------------------------------------------------------------


@form_shown_at("taskforces:group-charter")
@require_POST
def comment(request, slug):
    """Say something to a released charter."""
    row = doors.released_charter_for(request.user, slug)
    person, form = oneself(request), CommentForm(request.POST)
    if done(request, form, partial(charters.comment, charter=row, person=person, by=request.user)):
        messages.success(request, _("Your comment stands on the page, and will be answered there."))
        return redirect("taskforces:group-charter", slug=slug)
    return shown(request, row.group, comment_form=form)


@require_http_methods(["GET", "POST"])
def dispose(request, slug, public_id):
    """Say what becomes of a comment."""
    row = doors.comment_for(request.user, slug, public_id)
    initial = {"disposition": row.disposition, "answer": row.answer}
    form = DispositionForm(request.POST or kept_input(request), initial=initial)
    if done(request, form, partial(charters.dispose, comment=row, by=request.user)):
        messages.success(request, _("The answer stands beside the comment, and its author is told."))
        return redirect("taskforces:group-charter", slug=slug)
    lines = comments_of(row.charter, request.user, on=request.today)
    line = next((line for line in lines if line.comment.pk == row.pk), None)
    return render(request, "taskforces/charters/dispose.html", around_charter(row.charter.group, form=form, line=line))
