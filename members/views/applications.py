"""One's own applications: the list, the task list of a draft, what becomes of it, checking and sending, withdrawing."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import applications
from members.choices.applications import ApplicationState
from members.choices.desk import TONES as STATE_TONES
from members.forms.applications import SubmitForm
from members.kernel.refusals import Refused
from members.models import Application
from members.pages.acting import done
from members.permissions.applications import application_for, visible_to
from members.permissions.table import Right
from members.queries import answers
from members.queries import applications as reads
from members.queries.sealed import answers_as_typed
from members.rules.applications import WRITABLE
from members.rules.referees import may_ask_again
from members.views.steps import crumbs, step_url, to_write

TONES = {"todo": "", "begun": "wait", "done": "good"}


@require_GET
def listing(request):
    """One's own applications, newest first."""
    rows = Application.objects.filter(applicant=request.user).with_subject()
    return render(request, "members/applications/list.html", {"applications": [line_of(row) for row in rows]})


def line_of(row) -> dict:
    """An application as a line of the list."""
    sent = _("Submitted on {day}").format(day=date_format(row.submitted_at)) if row.submitted_at else ""
    return {
        "title": row.tier,
        "url": reverse("members:application", args=[row.number]),
        "facts": " · ".join([row.number, sent or _("Begun on {day}").format(day=date_format(row.started_at))]),
        "status": row.get_state_display(),
        "tone": STATE_TONES[row.state],
    }


@require_GET
def application(request, number):
    """The task list of a draft; later on, where the application stands and what is asked of the applicant."""
    row = application_for(request.user, number, to=Right.VIEW_APPLICATION, on=request.today)
    if not visible_to(request.user, right=Right.WRITE_APPLICATION, on=request.today).filter(pk=row.pk).exists():
        return redirect("members:desk-application", number=number)
    return draft(request, row) if row.state == ApplicationState.DRAFT else status(request, row)


def draft(request, row):
    """The pages of an application that is being written, each with how far it is."""
    pages = answers.progress(row, on=request.today)
    words = {"todo": _("Not started"), "begun": _("Not finished"), "done": _("Done")}
    tasks = [
        {"label": page.label, "url": step_url(row, page.step), "tone": TONES[page.state], "status": words[page.state]}
        for page in pages
    ]
    left = sum(page.state != "done" for page in pages)
    context = {"application": row, "tasks": tasks, "left": left, "crumbs": crumbs(request, row)[:-1]}
    return render(request, "members/applications/draft.html", context)


def status(request, row):
    """Where a submitted application stands."""
    questions = row.requests.select_related("version")
    context = {
        "application": row,
        "tone": STATE_TONES[row.state],
        "moments": reads.story(row),
        "closes_at": reads.ballot_closes_at(row),
        "open": [question for question in questions if not question.answered_at and not row.ended_at],
        "answered": [question for question in questions if question.answered_at],
        "versions": row.versions.all(),
        "documents": answers.present_documents(row),
        "letters": row.letters.all(),
        "referees": [(referee, may_ask_again_now(referee, row, request.now)) for referee in row.referees.all()],
        "may_withdraw": row.ended_at is None,
        "crumbs": crumbs(request, row)[:-1],
    }
    return render(request, "members/applications/status.html", context)


def may_ask_again_now(referee, row, now) -> bool:
    """Whether the applicant may have the referee written to once more."""
    return may_ask_again(
        state=row.state,
        invited_at=referee.invited_at,
        expires_at=referee.expires_at,
        answered_at=referee.answered_at,
        now=now,
    )


@require_http_methods(["GET", "POST"])
def check(request, number):
    """All answers on one page, with ways to change them; a draft is sent from here."""
    row = to_write(request, number)
    if row.state not in WRITABLE:
        return redirect("members:application", number=number)
    form = SubmitForm(request.POST or None, initial={"revision": row.revision}, on_paper=bool(row.entered_by_id))
    if done(request, form, partial(submit, row, by=request.user)):
        is_own = row.applicant_id == request.user.pk
        return redirect("members:application-sent" if is_own else "members:desk-application", number=number)
    form.renew(revision=row.revision)
    context = {
        "application": row,
        "form": form,
        "sections": [
            (section, rows_with_links(row, section), step_url(row, section.step)) for section in answers.in_words(row)
        ],
        "unfinished": pages_left(row, on=request.today),
        "steps": answers.steps_of(row),
        "referees": row.referees.all(),
        "documents": answers.present_documents(row),
        "crumbs": crumbs(request, row),
    }
    return render(request, "members/applications/check.html", context)


def pages_left(row, *, on) -> list[tuple]:
    """The pages that are not finished, each with the way to it and what is wrong there."""
    left = answers.unfinished(row, on=on)
    return [(page, step_url(row, page.step), answers.problems_in_words(row, page)) for page in left]


def submit(row, *, revision, declaration, by):
    """Send the application as it was read; the form has made sure that the declaration was made."""
    return applications.submit(application=row, revision=revision, by=by)


def rows_with_links(row, section) -> list[dict]:
    """The answers of one page as the summary list shows them, each with the way to change it."""
    url = f"{step_url(row, section.step)}?return=check"
    return [
        {"key": answer.key, "value": answer.value, "lines": answer.lines, "url": f"{url}#id_{answer.name}"}
        for answer in section.rows
    ]


@require_GET
def sent(request, number):
    """What an applicant reads after sending: the number, and what happens next."""
    row = to_write(request, number)
    if row.submitted_at is None:
        raise Http404
    return render(request, "members/applications/sent.html", {"application": row})


@require_GET
def version(request, number, version):
    """One version as it was sent."""
    row = to_write(request, number)
    frozen = get_object_or_404(row.versions, number=version)
    context = {
        "application": row,
        "version": frozen,
        "sections": answers.in_words(row, answers_as_typed(row, frozen, to=request.user)),
        "crumbs": crumbs(request, row),
    }
    return render(request, "members/applications/version.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request, number):
    """End the application, after saying what that means."""
    row = to_write(request, number)
    if request.method == "POST":
        try:
            row = applications.withdraw(application=row, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            said = _("The application is withdrawn.") if row.submitted_at else _("The draft is gone.")
            messages.success(request, said)
        return redirect("members:application", number=number)
    was_sent = row.submitted_at is not None
    context = {
        "title": _("Withdraw your application?") if was_sent else _("Discard this draft?"),
        "effects": OF_WITHDRAWING if was_sent else OF_DISCARDING,
        "action": _("Withdraw application") if was_sent else _("Discard draft"),
        "back_url": reverse("members:application", args=[number]),
        "danger": True,
        "crumbs": crumbs(request, row),
    }
    return render(request, "components/confirm_page.html", context)


OF_WITHDRAWING = [
    gettext_lazy("The application ends at once. The Secretariat is told, and a ballot about it ends without a result."),
    gettext_lazy("What you have sent stays on record, as do letters about it."),
    gettext_lazy("This cannot be undone. You may apply again at any time."),
]
OF_DISCARDING = [
    gettext_lazy("Your answers, the names of your referees and your documents are deleted. Nobody has read them."),
    gettext_lazy("This cannot be undone. You may begin again at any time."),
]
