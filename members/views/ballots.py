"""Reading ballots: the list, one ballot, its dossier, its log, and receipts."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from members.forms.ballots import CommentForm, ConflictForm, OpeningForm, PositionForm
from members.pages.gates import kept_input
from members.permissions.ballots import ballot_for, ballot_to_read
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import ballots
from members.queries.ballot_pages import page_of
from members.queries.ballot_records import log_of, receipt_of
from members.queries.logs import TAKEN

PAGE = 20


def seen(request, row):
    """The page of a ballot as the reader may see it now."""
    return page_of(row, viewer=request.user, on=request.today, at=request.now)


def around(page, **context):
    """What every page of one ballot shows around its own content."""
    crumbs = [
        {"label": _("Ballots"), "url": reverse("members:ballots")},
        {"label": page.ballot.number, "url": reverse("members:ballot", args=[page.ballot.number])},
    ]
    return {"page": page, "ballot": page.ballot, "crumbs": crumbs} | context


def kept(request, row, url_name):
    """What was written on the page of this ballot in the form that is sent to an address, before signing in again."""
    return kept_input(request, action=reverse(url_name, args=[row.number]))


def show(request, row, **refused):
    """The page of one ballot, with its forms; one that was refused stands in its place with what was typed."""
    page = seen(request, row)
    forms = {
        "position_form": page.may_cast
        and PositionForm(kept(request, row, "members:ballot-cast"), ballot=row, page=page),
        "conflict_form": page.asks_about_conflict and ConflictForm(),
        "comment_form": page.may_comment and CommentForm(kept(request, row, "members:ballot-comment")),
        "opening_form": page.may_open
        and OpeningForm(kept(request, row, "members:ballot-open"), procedure=page.standing.procedure),
    }
    return render(request, "members/ballots/ballot.html", around(page, **forms | refused))


@require_GET
def index(request):
    """What needs my position, what waits for others, what is held, and what is over."""
    if not may(request.user, Right.SEE_BALLOTS):
        raise PermissionDenied
    page = Paginator(ballots.over(request.user, on=request.today), PAGE).get_page(request.GET.get("page"))
    context = {
        "shelves": ballots.shelves_for(request.user, on=request.today, at=request.now),
        "page": page,
        "over": ballots.lines_of(request.user, page, on=request.today, at=request.now),
    }
    return render(request, "members/ballots/index.html", context)


@require_GET
def ballot(request, number):
    """One ballot: the question, where it stands, and what the reader may do about it."""
    return show(request, ballot_for(request.user, number, on=request.today))


def opened(request, number):
    """The page of a ballot whose confidential part the reader may read, at least once the question is answered.

    Raises as `ballot_to_read` for whoever is not asked and may not.
    """
    page = seen(request, ballot_for(request.user, number, on=request.today))
    if not page.asks_about_conflict:
        ballot_to_read(request.user, number, on=request.today)
    return page


@require_GET
def dossier(request, number):
    """What the committee decides on, in one page that prints well; for a voter, after the conflict question."""
    page = opened(request, number)
    if page.asks_about_conflict:
        return redirect("members:ballot-conflict", number=number)
    shown = page.matter.dossier(page.ballot, viewer=request.user, on=request.today)
    return render(request, page.matter.dossier_template, around(page, **shown))


@require_GET
def log(request, number):
    """The log, line by line, as far as the reader may know what was said; for a voter, after the conflict question."""
    page = opened(request, number)
    if page.asks_about_conflict:
        return redirect("members:ballot-conflict", number=number)
    entries = log_of(
        page.ballot,
        viewer=request.user,
        own_seat=page.own_seat,
        open_to_viewer=page.sees_positions,
        on=request.today,
    )
    return render(request, "members/ballots/log.html", around(page, entries=entries))


@require_GET
def receipt(request, number, sequence):
    """The receipt of a position of the reader's own seat."""
    row = ballot_for(request.user, number, to=Right.CAST_BALLOT, on=request.today)
    page = seen(request, row)
    own = row.events.filter(seat=page.own_seat, type__in=TAKEN)
    event = get_object_or_404(own.select_related("seat", "ballot"), sequence=sequence)
    return render(request, "members/ballots/receipt.html", around(page, receipt=receipt_of(event)))
