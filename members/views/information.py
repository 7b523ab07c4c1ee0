"""A question to the applicant, and the answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions import information
from members.choices.applications import Step
from members.forms.applications import AnswerForm
from members.pages.acting import done
from members.pages.gates import kept_input
from members.queries.answers import changed_pages, steps_of
from members.rules.applications import WRITABLE
from members.views.steps import crumbs, to_write


@require_http_methods(["GET", "POST"])
def answer(request, number, pk):
    """Answer a question, now or later, with changes to the application if need be."""
    application = to_write(request, number)
    question = get_object_or_404(application.requests, pk=pk)
    started = {"answer": question.answer, "revision": application.revision}
    form = AnswerForm(request.POST or kept_input(request), initial=started)
    act = keep if "later" in request.POST else information.give
    if done(request, form, lambda **values: act(request=question, by=request.user, **values)):
        messages.success(request, _("Saved. You can come back.") if act is keep else _("Your answer is on its way."))
        return redirect("members:application", number=number)
    form.renew(revision=application.revision)
    context = {
        "application": application,
        "question": question,
        "form": form,
        "may_change": application.state in WRITABLE,
        "changed": changed_pages(application),
        "takes_documents": Step.DOCUMENTS in steps_of(application),
        "crumbs": crumbs(request, application),
    }
    return render(request, "members/applications/information.html", context)


def keep(*, request, answer, revision, by):
    """Keep the answer for later; which revision was seen does not matter for that."""
    return information.keep(request=request, answer=answer, by=by)
