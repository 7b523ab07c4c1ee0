"""The Secretariat's queue of applications, and what is done with one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.actions import applications, ballots, screening
from members.choices.desk import SHELF_OF, SHELVES, TONES
from members.filters.screening import QueueFilter
from members.forms.screening import (
    AskForm,
    ChecksForm,
    DeclineForm,
    LetterForm,
    LinkForm,
    OfficerForm,
    PaperForm,
    RecommendationForm,
    TemplateForm,
)
from members.kernel.refusals import Refused
from members.models import CheckItem
from members.permissions.applications import application_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import letters
from members.queries import screening as reads
from members.queries.applications import title_for, titles_for
from members.rules.screening import default_due_on
from members.views.acting import done

PAGE = 25


def _application(request, number):
    return application_for(request.user, number, to=Right.SCREEN_APPLICATION, on=request.today)


def _around(request, application, **context):
    """What every page of one application shows around its own content."""
    title = title_for(request.user, application, on=request.today)
    return {"application": application, "title": title, "tone": TONES[application.state]} | context


@require_GET
def queue(request):
    """The queue, by what is to be done next."""
    if not may(request.user, Right.SEE_DESK):
        raise PermissionDenied
    seen = visible_to(request.user, right=Right.SCREEN_APPLICATION, on=request.today)
    shelf = SHELF_OF.get(request.GET.get("shelf"), SHELVES[0])
    found = QueueFilter(request.GET, queryset=seen, user=request.user)
    page = Paginator(reads.shelf_of(found.qs, shelf).with_subject(), PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "shelf": shelf,
        "counts": reads.shelf_counts(found.qs),
        "shelves": SHELVES,
        "titles": titles_for(request.user, page, on=request.today),
        "tones": TONES,
    }
    return render(request, "members/screening/queue.html", context)


@require_GET
def application(request, number):
    """An application as the Secretariat works on it, in its newest version or in the one asked for."""
    row = _application(request, number)
    asked = request.GET.get("version", "")
    version = row.versions.filter(number=asked).first() if asked.isdigit() else row.current_version
    context = _around(request, row, **reads.page_of(row, version=version, viewer=request.user, on=request.today))
    context["officer_form"] = OfficerForm(on=request.today, initial={"officer": str(row.assigned_to_id or "")})
    return render(request, "members/screening/application.html", context)


@require_POST
def take(request, number):
    """Take an application on, or hand it to a colleague."""
    row = _application(request, number)
    form = OfficerForm(request.POST, on=request.today)
    officer = form.user if "officer" in request.POST and form.is_valid() else request.user
    try:
        screening.take_on(application=row, by=request.user, officer=officer)
        messages.success(request, _("It is on your desk.") if officer == request.user else _("It is handed over."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("members:desk-application", number=number)


@require_http_methods(["GET", "POST"])
def checks(request, number):
    """Record what was found, check by check."""
    row = _application(request, number)
    items = list(CheckItem.objects.asked_of(row.tier))
    form = ChecksForm(request.POST or None, items=items, checks=row.checks.all())
    if done(request, form, partial(screening.record_checks, application=row, by=request.user)):
        messages.success(request, _("The checks are recorded."))
        return redirect("members:desk-application", number=number)
    return render(request, "members/screening/checks.html", _around(request, row, form=form))


@require_http_methods(["GET", "POST"])
def ask(request, number):
    """Ask the applicant for information."""
    row = _application(request, number)
    form = AskForm(request.POST or None, initial={"due_on": default_due_on(request.today)})
    if done(request, form, partial(screening.ask, application=row, by=request.user)):
        messages.success(request, _("The applicant is asked."))
        return redirect("members:desk-application", number=number)
    return render(request, "members/screening/ask.html", _around(request, row, form=form))


@require_http_methods(["GET", "POST"])
def recommend(request, number):
    """Advise the committee."""
    row = _application(request, number)
    form = RecommendationForm(request.POST or None)
    if done(request, form, partial(screening.recommend, application=row, by=request.user)):
        messages.success(request, _("The recommendation is recorded. A ballot can be prepared."))
        return redirect("members:desk-application", number=number)
    context = _around(request, row, form=form, missing=reads.checks_missing(row))
    return render(request, "members/screening/recommend.html", context)


@require_http_methods(["GET", "POST"])
def letter(request, number):
    """Write to the applicant, from a template or from an empty page."""
    row = _application(request, number)
    key = request.GET.get("template", "")
    form = LetterForm(request.POST or None, initial=letters.draft(row, key, by=request.user, on=request.today))
    if done(request, form, partial(screening.send_letter, application=row, template_key=key, by=request.user)):
        messages.success(request, _("The letter is on its way."))
        return redirect("members:desk-application", number=number)
    choice = TemplateForm(initial={"template": key}, language=row.applicant.language)
    return render(request, "members/screening/letter.html", _around(request, row, form=form, choice=choice))


@require_http_methods(["GET", "POST"])
def decline(request, number):
    """Return an application as incomplete."""
    row = _application(request, number)
    draft = letters.draft(row, "incomplete", by=request.user, on=request.today)
    form = DeclineForm(request.POST or None, initial=draft | {"reapply_on": request.today})
    if done(request, form, partial(screening.decline, application=row, by=request.user)):
        messages.success(request, _("The application is returned, and the applicant is told why."))
        return redirect("members:desk-application", number=number)
    return render(request, "members/screening/decline.html", _around(request, row, form=form))


@require_http_methods(["GET", "POST"])
def link(request, number):
    """Say which known person or organisation the applicant is."""
    row = _application(request, number)
    hints = reads.hints_for(row, row.answers)
    known = {"person": row.person_id, "organisation": row.organisation_id}
    form = LinkForm(request.POST or None, initial=known, **reads.linkable(row, hints))
    if done(request, form, partial(screening.link, application=row, by=request.user)):
        messages.success(request, _("The application is linked."))
        return redirect("members:desk-application", number=number)
    return render(request, "members/screening/link.html", _around(request, row, form=form, hints=hints))


@require_POST
def screen_again(request, number):
    """Take an application back from the committee's threshold to screening."""
    row = _application(request, number)
    form = Form(request.POST)
    if done(request, form, partial(screening.screen_again, application=row, by=request.user)):
        messages.success(request, _("The application is in screening again."))
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("members:desk-application", number=number)


@require_POST
def prepare(request, number):
    """Prepare the ballot on an application."""
    row = _application(request, number)
    try:
        ballot = ballots.prepare(application=row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("members:desk-application", number=number)
    messages.success(request, _("The ballot is prepared. Look at it, then open it."))
    return redirect("members:ballot", number=ballot.number)


@require_http_methods(["GET", "POST"])
def paper(request):
    """Enter an application that came on paper."""
    if not may(request.user, Right.ENTER_PAPER):
        raise PermissionDenied
    form = PaperForm(request.POST or None, initial={"received_on": request.today})
    entered = done(request, form, partial(applications.enter_paper, by=request.user))
    if entered:
        messages.success(request, _("Enter what the paper says, page by page, then send it on."))
        return redirect("members:application", number=entered.number)
    return render(request, "members/screening/paper.html", {"form": form})
