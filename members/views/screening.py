"""The Secretariat's queue of applications, and what is done with one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.actions import ballots, entry, referees, screening
from members.choices.applications import ApplicationState
from members.choices.desk import SHELVES, TONES
from members.filters.screening import QueueFilter
from members.forms.screening import (
    AskForm,
    ChecksForm,
    DeclineForm,
    LetterForm,
    LinkForm,
    NameSearchForm,
    OfficerForm,
    PaperForm,
    ReasonsForm,
    RecommendationForm,
    TemplateForm,
)
from members.kernel.refusals import Refused
from members.pages.acting import done, done_or_said
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from members.permissions.applications import application_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import hints, letters
from members.queries import screening as reads
from members.queries.applications import title_for
from members.rules.screening import default_due_on

PAGE = 25


def _application(request, number):
    return application_for(request.user, number, to=Right.SCREEN_APPLICATION, on=request.today)


def _around(request, application, **content):
    """What every page of one application shows around its own content."""
    desk = {"label": _("Applications"), "url": reverse("members:desk-applications")}
    own = {"label": application.number, "url": reverse("members:desk-application", args=[application.number])}
    title = title_for(request.user, application, on=request.today)
    where = {"above": [desk], "crumbs": [desk, own], "back_url": own["url"]}
    return {"application": application, "subject": title} | where | content


def _back(application):
    return redirect("members:desk-application", number=application.number)


# --- Looking ------------------------------------------------------------------------------------------------------


@require_GET
def queue(request):
    """The queue, by what is to be done next."""
    if not may(request.user, Right.SEE_DESK):
        raise PermissionDenied
    seen = visible_to(request.user, right=Right.SCREEN_APPLICATION, on=request.today)
    found = QueueFilter(request.GET, queryset=seen, viewer=request.user, on=request.today)
    shelf = found.chosen_shelf
    page = Paginator(reads.shelf_of(found.qs, shelf).with_subject(), PAGE).get_page(request.GET.get("page"))
    lines = reads.lines(page, viewer=request.user, on=request.today)
    context = {"filter": found, "page": page, "lines": lines, "shelf": shelf, "shelves": SHELVES}
    return render(request, "members/screening/queue.html", context | {"counts": reads.shelf_counts(found.qs)})


@require_GET
def application(request, number):
    """An application as the Secretariat works on it, in its newest version or in the one asked for."""
    row = _application(request, number)
    asked = request.GET.get("version", "")
    version = get_object_or_404(row.versions, number=asked) if asked.isdecimal() else row.current_version
    context = reads.page_of(row, version=version, viewer=request.user, on=request.today)
    return render(request, "members/screening/application.html", _status(request, row) | context)


def _status(request, row, **content):
    """Where an application stands: its pill, and who has it."""
    officer = reads.names_of_logins(request.user, [row.assigned_to_id], on=request.today).get(row.assigned_to_id)
    standing = {"tone": TONES[row.state], "state_words": reads.state_words(row), "officer": officer}
    return _around(request, row, **standing, is_mine=row.assigned_to_id == request.user.pk, **content)


# --- Who has it ---------------------------------------------------------------------------------------------------


@form_shown_at("members:desk-application")
@require_POST
def take(request, number):
    """Take an application on."""
    row = _application(request, number)
    done_or_said(request, partial(screening.take_on, application=row, by=request.user), _("It is on your desk."))
    return _back(row)


@require_http_methods(["GET", "POST"])
def hand_over(request, number):
    """Give an application to a colleague."""
    row = _application(request, number)
    holder = row.assigned_to_id
    form = OfficerForm(request.POST or kept_input(request), holder=holder, viewer=request.user, on=request.today)
    if done(request, form, partial(screening.hand_over, application=row, by=request.user)):
        messages.success(request, _("It is handed over."))
        return _back(row)
    return render(request, "members/screening/hand_over.html", _status(request, row, form=form))


# --- Screening ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def checks(request, number):
    """Record what was found, check by check."""
    row = _application(request, number)
    form = ChecksForm(request.POST or kept_input(request), lines=reads.check_lines(row, row.current_version))
    if done(request, form, partial(screening.record_checks, application=row, by=request.user)):
        messages.success(request, _("The checks are recorded."))
        return _back(row)
    return render(request, "members/screening/checks.html", _around(request, row, form=form))


@require_http_methods(["GET", "POST"])
def ask(request, number):
    """Ask the applicant for information."""
    row = _application(request, number)
    form = AskForm(request.POST or kept_input(request), initial={"due_on": default_due_on(request.today)})
    if done(request, form, partial(screening.ask, application=row, by=request.user)):
        messages.success(request, _("The applicant is asked."))
        return _back(row)
    return render(request, "members/screening/ask.html", _around(request, row, form=form))


@form_shown_at("members:desk-application")
@require_POST
def ask_referee(request, number, public_id):
    """Write to a referee once more, with a fresh link."""
    row = _application(request, number)
    referee = get_object_or_404(row.referees, public_id=public_id)
    done_or_said(
        request, partial(referees.ask_again, referee=referee, by=request.user), _("The referee is written to.")
    )
    return _back(row)


@require_http_methods(["GET", "POST"])
def recommend(request, number):
    """Advise the committee."""
    row = _application(request, number)
    version = row.current_version
    form = RecommendationForm(request.POST or kept_input(request), initial={"version": version and version.number})
    if done(request, form, partial(screening.recommend, application=row, by=request.user)):
        messages.success(request, _("The recommendation is recorded. A ballot can be prepared."))
        return _back(row)
    context = _around(request, row, form=form, version=version, missing=reads.checks_missing(row))
    return render(request, "members/screening/recommend.html", context)


@form_shown_at("members:desk-application")
@require_POST
def screen_again(request, number):
    """Take an application back from the committee's threshold to screening."""
    row = _application(request, number)
    act = partial(screening.screen_again, application=row, by=request.user)
    done_or_said(request, act, _("The application is in screening again."))
    return _back(row)


@form_shown_at("members:desk-application")
@fresh_factor
@require_POST
def prepare(request, number):
    """Prepare the ballot on an application."""
    row = _application(request, number)
    try:
        ballot = ballots.prepare(subject=row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return _back(row)
    messages.success(request, _("The ballot is prepared. Look at it, then open it."))
    return redirect("members:ballot", number=ballot.number)


# --- Writing ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def letter(request, number):
    """Write to the applicant: choose what to start from, then edit and send."""
    row = _application(request, number)
    choice = TemplateForm(request.GET or None, templates=letters.templates_for(row))
    if not choice.is_valid():
        return render(request, "members/screening/letter_start.html", _around(request, row, form=choice))
    key = choice.cleaned_data["template"]
    draft = letters.draft(row, key, by=request.user, on=request.today)
    form, act = LetterForm, partial(screening.send_letter, template_key=key)
    if key == screening.REFUSAL and row.state == ApplicationState.REFUSED and not row.outcome_reason:
        form, act = ReasonsForm, screening.give_reasons
    form = form(request.POST or kept_input(request), initial=draft)
    if done(request, form, partial(act, application=row, by=request.user)):
        messages.success(request, _("The letter is on its way."))
        return _back(row)
    drafted_in = letters.language_in_words(row, key)
    return render(request, "members/screening/letter.html", _around(request, row, form=form, drafted_in=drafted_in))


@require_http_methods(["GET", "POST"])
def decline(request, number):
    """Return an application as incomplete."""
    row = _application(request, number)
    draft = letters.draft(row, screening.INCOMPLETE, by=request.user, on=request.today)
    form = DeclineForm(request.POST or kept_input(request), initial=draft | {"reapply_on": request.today})
    if done(request, form, partial(screening.decline, application=row, by=request.user)):
        messages.success(request, _("The application is returned, and the applicant is told why."))
        return _back(row)
    drafted_in = letters.language_in_words(row, screening.INCOMPLETE)
    return render(request, "members/screening/decline.html", _around(request, row, form=form, drafted_in=drafted_in))


# --- Knowing who it is --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def link(request, number):
    """Say which known person or organisation the applicant is."""
    row = _application(request, number)
    search = NameSearchForm(request.GET)
    found = hints.linkable(row, viewer=request.user, on=request.today, search=search.words)
    known = {"person": row.person and row.person.public_id, "organisation": row.organisation and row.organisation.slug}
    form = LinkForm(request.POST or kept_input(request), initial=known, linkable=found)
    if done(request, form, partial(screening.link, application=row, by=request.user)):
        messages.success(request, _("It is noted who the applicant is."))
        return _back(row)
    return render(request, "members/screening/link.html", _around(request, row, form=form, found=found, search=search))


@require_http_methods(["GET", "POST"])
def paper(request):
    """Enter an application that came on paper."""
    if not may(request.user, Right.ENTER_PAPER):
        raise PermissionDenied
    form = PaperForm(request.POST or kept_input(request), initial={"received_on": request.today}, on=request.today)
    entered = done(request, form, partial(entry.enter_paper, by=request.user))
    if entered:
        messages.success(request, _("Enter what the paper says, page by page, then submit it."))
        return redirect("members:application", number=entered.number)
    crumbs = [{"label": _("Applications"), "url": reverse("members:desk-applications")}]
    return render(request, "members/screening/paper.html", {"form": form, "crumbs": crumbs})
