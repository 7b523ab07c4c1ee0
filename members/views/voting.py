"""What a seat does in a ballot: answering the conflict question, taking a position, clearing a hold, discussing."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import ballots
from members.choices.ballots import ConflictAnswer, Position
from members.forms.ballots import CommentForm, ConflictForm, PositionForm
from members.models import Concern
from members.pages.acting import done
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from members.permissions.ballots import ballot_for
from members.permissions.table import Right
from members.views.ballots import around, seen, show


def _ballot(request, number):
    return ballot_for(request.user, number, to=Right.CAST_BALLOT, on=request.today)


def _news(request, form, page):
    """What had happened since the page that a refused position was decided on, if anything."""
    based_on = form.cleaned_data.get("based_on")
    form.renew(page)
    return page.news_since(based_on) if based_on is not None else []


@require_http_methods(["GET", "POST"])
def conflict(request, number):
    """The question that comes first; it can be answered anew until the ballot closes."""
    row = _ballot(request, number)
    page = seen(request, row)
    form = ConflictForm(request.POST or kept_input(request))
    answer = done(request, form, partial(ballots.answer_conflict, ballot=row, by=request.user))
    if answer:
        messages.success(request, SAID[answer.answer])
        return redirect("members:ballot", number=number)
    if request.method == "GET" and not page.standing.accepting:
        return redirect("members:ballot", number=number)
    return render(request, "members/ballots/conflict.html", around(page, form=form))


SAID = {
    ConflictAnswer.NONE: _("Your answer is recorded. The dossier is open to you."),
    ConflictAnswer.CONFLICTED: _("Your answer is recorded. You stand aside in this ballot."),
    ConflictAnswer.UNSURE: _("Your answer is recorded. You may read; settle the doubt with the chair before you vote."),
}


@form_shown_at("members:ballot")
@fresh_factor
@require_POST
def cast(request, number):
    """Take a position for one's seat, or change it."""
    row = _ballot(request, number)
    form = PositionForm(request.POST, ballot=row)
    event = done(request, form, partial(ballots.cast, ballot=row, by=request.user))
    if event:
        messages.success(request, _("The position of your seat is recorded."))
        return redirect("members:ballot-receipt", number=number, sequence=event.sequence)
    return show(request, row, position_form=form, news=_news(request, form, seen(request, row)))


@fresh_factor
@require_http_methods(["GET", "POST"])
def clear_concern(request, number, pk):
    """Clear the hold of one's own seat, and say what it says instead."""
    row = _ballot(request, number)
    page = seen(request, row)
    concern = get_object_or_404(Concern, ballot=row, pk=pk, seat=page.own_seat)
    form = PositionForm(request.POST or kept_input(request), ballot=row, page=page, without=[Position.HOLD])
    event = done(request, form, partial(ballots.clear_concern, concern=concern, by=request.user))
    if event:
        messages.success(request, _("The hold is cleared, and the position of your seat is recorded."))
        return redirect("members:ballot-receipt", number=number, sequence=event.sequence)
    news = _news(request, form, seen(request, row)) if request.method == "POST" else []
    return render(request, "members/ballots/clear.html", around(page, form=form, concern=concern, news=news))


@form_shown_at("members:ballot")
@require_POST
def comment(request, number):
    """Say something to the other seats."""
    row = _ballot(request, number)
    form = CommentForm(request.POST)
    if done(request, form, partial(ballots.comment, ballot=row, by=request.user)):
        messages.success(request, _("Your contribution is in the discussion."))
        return redirect("members:ballot", number=number)
    return show(request, row, comment_form=form)
