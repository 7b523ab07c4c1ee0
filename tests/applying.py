"""Applying through the pages, as the tests of applications do it."""

from django.urls import reverse

from members.models import Application, AuditEvent


def url(name, application, *args):
    """The address of a page about an application."""
    return reverse(f"members:{name}", args=[application.number, *args])


def page(application, step):
    """The address of one page of an application."""
    return url("application-step", application, step)


def send(client, application, step, values, **more):
    """Send a page as a browser does: with what it was shown on."""
    shown = client.get(page(application, step))
    return client.post(page(application, step), values | {"basis": shown.context["basis"]} | more)


def again(application):
    """The application as it is now."""
    return Application.objects.with_subject().get(pk=application.pk)


def acts(application, *verbs):
    """How often each act is on record about an application."""
    return [AuditEvent.objects.about(application).filter(verb=verb).count() for verb in verbs]
