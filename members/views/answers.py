"""The pages of a draft, one at a time, and the two ways on for somebody whose organisation takes part already."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions import applications
from members.choices.applications import Step
from members.forms.answers import AnswersForm
from members.kernel.refusals import Refused
from members.pages.gates import kept_input
from members.queries import affiliations, answers
from members.queries.sealed import opened
from members.rules.applications import CLOSED_TO_AFFILIATED, WRITABLE
from members.views import documents, referees
from members.views.steps import around, crumbs, onward, step_url, to_write

ROOMS = {Step.REFEREES: referees.page, Step.DOCUMENTS: documents.page}
"""Pages whose answers are rows of their own."""


@require_http_methods(["GET", "POST"])
def step(request, number, step):
    """One page of the application: shown as it was left, and saved as it is sent, right or wrong."""
    application = to_write(request, number)
    if step not in answers.steps_of(application):
        raise Http404
    if request.method == "GET" and application.state not in WRITABLE:
        return redirect("members:application", number=number)
    if step in ROOMS:
        return ROOMS[step](request, application)
    if request.method == "POST":
        return saved(request, application, step)
    kept = kept_input(request)
    form = AnswersForm(application, step, on=request.today, data=kept)
    return page(request, application, form, basis=kept.get("basis") if kept else form.basis)


def saved(request, application, step):
    """Keep what was sent, and go on where it is all right."""
    form = AnswersForm(application, step, on=request.today, data=request.POST)
    try:
        application = applications.save(
            application=application,
            step=step,
            values=form.values(),
            basis=request.POST.get("basis", ""),
            by=request.user,
        )
    except Refused as refused:
        return refused_page(request, application, step, refused)
    if "later" in request.POST:
        messages.success(request, _("Saved. You can come back at any time."))
        return redirect("members:application", number=application.number)
    if form.is_valid():
        return onward(request, application, step)
    form = AnswersForm(application, step, on=request.today, data=request.POST)
    return page(request, application, form, basis=form.basis)


def refused_page(request, application, step, refused):
    """Show why nothing was saved: what was typed stands in the form, after a stale save beside what is saved."""
    application.refresh_from_db()
    application = opened(application, to=request.user)
    form = AnswersForm(application, step, on=request.today, data=request.POST)
    form.add_error(None, refused.message)
    now = [section for section in answers.in_words(application) if section.step == step]
    both = now[0].rows if refused.code == "stale" else []
    return page(request, application, form, basis=form.basis, saved_now=both, status=409)


def page(request, application, form, *, basis, status=200, **content):
    """Render a page with its form."""
    context = around(request, application, form.step, form=form, basis=basis, **content)
    context |= EXTRAS.get(form.step, no_extras)(request, application, form)
    return render(request, "members/applications/step.html", context, status=status)


def no_extras(request, application, form):
    return {}


def ways_on(request, application, form):
    """For an individual: the participating organisations they belong to, and what can be done about each."""
    if application.tier.short_name not in CLOSED_TO_AFFILIATED:
        return {}
    typed = form.values() if form.is_bound else {}
    ties = affiliations.ties(application, typed, on=request.today)
    return {"ties": ties, "asked": affiliations.asked(application) if ties else {}}


def namesake(request, application, form):
    """For an organisation: the participating one that goes by its name."""
    typed = form.values() if form.is_bound else {}
    known = affiliations.namesake(application, typed, on=request.today)
    return {"namesake": known, "asked": affiliations.asked(application) if known else {}}


def contact(request, application, form):
    """Where somebody at risk writes to before giving a name."""
    return {"contact": settings.CONTACT_EMAIL}


EXTRAS = {Step.SAFETY: contact, Step.AFFILIATION: ways_on, Step.ORGANISATION: namesake}


@require_http_methods(["GET", "POST"])
def ask_representative(request, number, slug):
    """Ask a participating organisation to let the applicant take part through it."""
    application = to_write(request, number)
    organisation = affiliations.tied_to(application, slug, on=request.today)
    if organisation is None:
        raise Http404
    if request.method == "POST" and acted(request, applications.ask_representative, application, organisation):
        messages.success(request, _("The representatives have been told. Your answers stay as they are."))
        return redirect("members:application", number=number)
    context = {"application": application, "organisation": organisation, "crumbs": crumbs(request, application)}
    context["back_url"] = step_url(application, Step.AFFILIATION)
    return render(request, "members/applications/ask.html", context)


@require_http_methods(["GET", "POST"])
def say_left(request, number, slug):
    """Say that one no longer belongs to a participating organisation. Said twice, it leads back, as for any other."""
    application = to_write(request, number)
    organisation = affiliations.tied_to(application, slug, on=request.today)
    back = step_url(application, Step.AFFILIATION)
    if organisation is None:
        return redirect(back)
    if request.method == "POST" and acted(request, applications.say_left, application, organisation):
        messages.success(request, _("Noted. Look over this page once more."))
        return redirect(back)
    context = {"application": application, "organisation": organisation, "crumbs": crumbs(request, application)}
    return render(request, "members/applications/left.html", context | {"back_url": back})


def acted(request, act, application, organisation) -> bool:
    """Do one of the two acts above; a refusal is told at the top of the page."""
    try:
        act(application=application, organisation=organisation, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    return True
