"""What the Secretariat does with a ballot: opening it, taking it back, closing it when due, putting it again."""

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import admissions, ballots
from members.forms.ballots import ConcernQuestionForm, OpeningForm, WithdrawalForm
from members.pages.acting import done
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from members.permissions.ballots import ballot_for
from members.permissions.matters import matter_of
from members.permissions.table import Right
from members.views.ballots import around, seen, show


def _ballot(request, number):
    return ballot_for(request.user, number, to=Right.RUN_BALLOT, on=request.today)


@form_shown_at("members:ballot")
@fresh_factor
@require_POST
def open_ballot(request, number):
    """Open a ballot that was prepared."""
    row = _ballot(request, number)
    form = OpeningForm(request.POST, procedure=seen(request, row).standing.procedure)
    if done(request, form, partial(ballots.open, ballot=row, by=request.user)):
        messages.success(request, _("The ballot is open. The seats on the roll are told."))
        return redirect("members:ballot", number=number)
    return show(request, row, opening_form=form)


EFFECTS = (
    _("The seats on the roll are told, if the ballot was open."),
    _("What was said stays in the log. The ballot cannot be opened again; another can be prepared."),
)


@fresh_factor
@require_http_methods(["GET", "POST"])
def withdraw(request, number):
    """Take a ballot back, with the reason."""
    row = _ballot(request, number)
    form = WithdrawalForm(request.POST or kept_input(request))
    if done(request, form, partial(ballots.withdraw, ballot=row, by=request.user)):
        messages.success(request, _("The ballot is withdrawn."))
        return redirect("members:ballot", number=number)
    effects = [matter_of(row).words.withdrawal, *EFFECTS]
    context = {"title": _("Withdraw this ballot?"), "action": _("Withdraw the ballot"), "effects": effects}
    back = reverse("members:ballot", args=[number])
    page = around(seen(request, row), form=form, danger=True, back_url=back, lead=row.number)
    return render(request, "components/confirm_page.html", page | context)


@form_shown_at("members:ballot")
@fresh_factor
@require_POST
def close(request, number):
    """Write the close of a ballot that is due, where no worker has done it yet."""
    row = _ballot(request, number)
    form = Form(request.POST)
    if done(request, form, partial(ballots.close, ballot=row, by=request.user)):
        messages.success(request, _("The close is written, and what was decided is done."))
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("members:ballot", number=number)


@form_shown_at("members:ballot")
@fresh_factor
@require_POST
def reballot(request, number):
    """Prepare the one repetition of a ballot that closed with a hold."""
    row = _ballot(request, number)
    form = Form(request.POST)
    again = done(request, form, partial(ballots.reballot, ballot=row, by=request.user))
    if again:
        messages.success(request, _("The ballot is prepared once more. Look at it, then open it."))
        return redirect("members:ballot", number=again.number)
    messages.error(request, " ".join(form.non_field_errors()))
    return redirect("members:ballot", number=number)


@require_http_methods(["GET", "POST"])
def ask(request, number, pk):
    """Put a concern that held a ballot to the applicant, without saying whose it is."""
    row = _ballot(request, number)
    page = seen(request, row)
    concern = get_object_or_404(row.concerns, pk=pk if page.sees_positions and page.matter.has_applicant else None)
    form = ConcernQuestionForm(request.POST or None, concern=concern, today=request.today)
    if done(request, form, partial(admissions.put_to_applicant, concern=concern, by=request.user)):
        messages.success(request, _("The applicant is asked."))
        return redirect("members:ballot", number=number)
    return render(request, "members/ballots/ask.html", around(page, form=form))
