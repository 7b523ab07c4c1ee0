"""How a view does an act with a form: once, and with the refusal beside the field it belongs to."""

from django.contrib import messages

from members.kernel.refusals import Refused


def done(request, form, act):
    """Do the act with what the form holds, if it was posted and is valid. What the act gives, or True; else False.

    A refusal lands on the form, beside its field where the form has it, and nothing that was typed is lost. A form that
    knows better how to go on after a refusal has a method `refuse`.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        return act(**form.values() if hasattr(form, "values") else form.cleaned_data) or True
    except Refused as refused:
        if hasattr(form, "refuse"):
            form.refuse(refused)
        else:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False


def done_or_said(request, act, success) -> bool:
    """Do an act that a single button asks for, and say `success`; where it is refused, say why instead."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, success)
    return True
