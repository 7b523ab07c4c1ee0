"""How a view does an act with a form: once, and with the refusal beside the field it belongs to."""

from members.kernel.refusals import Refused


def done(request, form, act):
    """Do the act with what the form holds, if it was posted and is valid. What the act gives, or True; else False.

    A refusal lands on the form, beside its field where the form has it, and nothing that was typed is lost.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        return act(**form.values() if hasattr(form, "values") else form.cleaned_data) or True
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
