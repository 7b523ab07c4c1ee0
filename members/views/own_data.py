"""My data: what is kept, its download, its correction, its erasure, and what was consented to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions import consents, corrections, downloads, erasures
from members.choices.own_data import WORDINGS, DownloadState, Purpose
from members.forms.own_data import AnswerForm, ButtonForm, CorrectionForm, ErasureForm
from members.kernel.filenames import attachment
from members.kernel.refusals import Refused
from members.pages.acting import done, done_or_said
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from members.permissions.own_data import correction_for, download_for
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import own_requests as reads
from members.queries.erasures import duties_of, is_by_period, waiting_of
from members.rules.downloads import KEPT_FOR
from members.rules.erasures import WAITING_TIME
from members.views.people import own_person

GONE = 410


def crumbs(*more):
    """The way back to the page of one's own data."""
    return [{"label": _("My data"), "url": reverse("members:own-data")}, *more]


@require_safe
def own_data(request):
    """What is kept about the reader and why, and what the reader may do about it."""
    person = own_person(request)
    context = {
        "person": person,
        "bases": reads.fields_by_basis() if person else [],
        "download": request.user.downloads.first(),
        "correction": request.user.corrections.last(),
        "erasure": waiting_of(request.user),
    }
    return render(request, "members/own_data/index.html", context)


# --- Download -----------------------------------------------------------------------------------------------------


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def download(request):
    """Ask for everything in one file, and see how far it is. A part of the page may be asked for alone."""
    form = ButtonForm(request.POST if request.method == "POST" else None)
    if done(request, form, lambda: downloads.ask(user=request.user, by=request.user)):
        messages.success(request, _("It is being put together. You are told when it is ready."))
        return redirect("members:own-data-download")
    row = request.user.downloads.first()
    context = {"download": row, "hours": int(KEPT_FOR.total_seconds() // 3600)}
    context |= {"State": DownloadState, "crumbs": crumbs()}
    template = "members/own_data/download.html"
    return render(request, f"{template}#state" if request.htmx else template, context)


@fresh_factor
@form_shown_at("members:own-data-download")
@require_POST
def fetch(request, public_id):
    """Hand the file out, once, to be saved and never to be shown inside a page of the portal."""
    row = download_for(request.user, public_id)
    try:
        row, content = downloads.fetch(download=row, by=request.user)
    except Refused as refused:
        context = {"why": refused.message, "crumbs": crumbs()}
        return render(request, "members/own_data/over.html", context, status=GONE)
    response = FileResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = attachment(f"my-data-{row.ready_at:%Y-%m-%d}.zip")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- Correction ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request):
    """Say what is wrong that one cannot change oneself, and read the answers."""
    form = CorrectionForm(request.POST or kept_input(request))
    if done(request, form, lambda text: corrections.ask(user=request.user, text=text, by=request.user)):
        messages.success(request, _("The Secretariat is told, and answers within a month."))
        return redirect("members:own-data-correction")
    asked = request.user.corrections.order_by("-pk")
    context = {"form": form, "asked": asked, "open": asked.open().first(), "crumbs": crumbs()}
    return render(request, "members/own_data/correction.html", context | {"person": own_person(request)})


# --- Erasure ------------------------------------------------------------------------------------------------------


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request):
    """Say exactly what an erasure does, and ask for it; or see until when it can be taken back."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if done(request, form, lambda: erasures.ask(user=request.user, by=request.user)):
        messages.success(request, _("You have asked to be erased. Until the day below you can take it back."))
        return redirect("members:own-data-erasure")
    waiting = waiting_of(request.user)
    context = {
        "form": form,
        "erasure": waiting,
        "is_by_period": is_by_period(waiting),
        "duties": duties_of(request.user, on=request.today),
        "days": WAITING_TIME.days,
        "crumbs": crumbs(),
    }
    return render(request, "members/own_data/erasure.html", context)


@require_POST
def erasure_take_back(request):
    """Take the request back. It is as easy as can be: nothing is proven again."""
    row = waiting_of(request.user)
    if row is None:
        raise Http404
    done_or_said(
        request,
        lambda: erasures.take_back(erasure=row, by=request.user),
        _("You have taken it back. Nothing is erased."),
    )
    return redirect("members:own-data-erasure")


# --- Consents -----------------------------------------------------------------------------------------------------


@require_safe
def consent_list(request):
    """What one consented to, since when, and everything that was said before."""
    person = own_person(request)
    context = {"standings": reads.standings(request.user, person), "events": reads.history(request.user)}
    return render(request, "members/own_data/consents.html", context | {"person": person, "crumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request, purpose):
    """Take a consent back, after saying what follows."""
    person = own_person(request)
    if person is None or purpose not in Purpose:
        raise Http404
    form, back = ButtonForm(request.POST if request.method == "POST" else None), reverse("members:own-data-consents")
    if done(request, form, lambda: consents.withdraw(person=person, purpose=purpose, by=request.user)):
        messages.success(request, _("You have taken it back, and it is done."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Take it back?"),
        "lead": Purpose(purpose).label,
        "effects": [WORDINGS[Purpose(purpose)].withdrawn, _("You can give it again at any time, in your profile.")],
        "action": _("Take it back"),
        "back_url": back,
        "danger": True,
        "crumbs": crumbs({"label": _("Consents"), "url": back}),
    }
    return render(request, "components/confirm_page.html", context)


# --- The desk -----------------------------------------------------------------------------------------------------


@require_safe
def desk(request):
    """What people ask about their data: corrections that wait, and who is to be erased."""
    if not may(request.user, Right.ANSWER_DATA_REQUESTS):
        raise PermissionDenied
    return render(request, "members/own_data/desk.html", reads.desk_of(request.user, on=request.today))


@require_http_methods(["GET", "HEAD", "POST"])
def desk_correction(request, public_id):
    """One request for a correction, and its answer."""
    row = correction_for(request.user, public_id)
    form = AnswerForm(request.POST or kept_input(request))
    if done(request, form, lambda **fields: corrections.answer(correction=row, by=request.user, **fields)):
        messages.success(request, _("The person is told."))
        return redirect("members:desk-data")
    line = reads.line_of(row, request.user, on=request.today)
    way_back = [{"label": _("Requests about data"), "url": reverse("members:desk-data")}]
    context = {"form": form, "correction": row, "line": line, "crumbs": way_back}
    return render(request, "members/own_data/desk_correction.html", context)
