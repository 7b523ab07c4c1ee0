"""The floor: what an ordinary Django page of 25 members takes. A session, a user, one list, some twenty kilobytes.

It is what `startproject` and a page of templates give: the middleware of a new project, a frame that the page extends,
a menu, and a row for each member that is included. It has no languages, no rights, no filters, no counts.
"""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from members.models import Person

URLCONF = __name__
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = 25
MENU = [f"Entry {number} of a menu" for number in range(1, 13)]
TEMPLATES = {
    "base.html": (
        "<!doctype html><html lang='en'><head><title>{% block title %}{% endblock %}</title></head><body>"
        "<nav><ul>{% for entry in menu %}<li><a href='{% url 'section' forloop.counter %}'"
        "{% if forloop.first %} aria-current='page'{% endif %}>{{ entry }}</a></li>{% endfor %}</ul>"
        "<p>{{ user.email }}</p></nav><main>{% block content %}{% endblock %}</main></body></html>"
    ),
    "member.html": (
        "<li class='card'><h2><a href='{% url 'member' person.public_id %}'>{{ person.name }}</a>"
        "{% if person.latin_name %} <span lang='en'>{{ person.latin_name }}</span>{% endif %}</h2>"
        "<p class='headline'>{{ person.headline }}</p>"
        "{% if person.biography %}<p class='biography'>{{ person.biography|truncatewords:40 }}</p>{% endif %}"
        "<dl class='facts'><dt>Country</dt><dd>{{ person.country_id|default:'Not said' }}</dd>"
        "<dt>Place in the list</dt><dd>{{ forloop.counter }}</dd>"
        "<dt>Page</dt><dd><a class='button small' href='{% url 'member' person.public_id %}'>Open the page of"
        " {{ person.name }}</a></dd></dl></li>"
    ),
    "members.html": (
        "{% extends 'base.html' %}{% block title %}Members{% endblock %}{% block content %}<h1>Members</h1>"
        "<ul>{% for person in people %}{% include 'member.html' %}{% endfor %}</ul>{% endblock %}"
    ),
}
ENGINE = Engine(loaders=[("django.template.loaders.locmem.Loader", TEMPLATES)])
TEMPLATE = ENGINE.get_template("members.html")


def members(request, **place):
    """The first 25 members by name, for whoever is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    people = Person.objects.filter(listed=True).order_by("sort_key", "pk")[:PAGE]
    return HttpResponse(TEMPLATE.render(Context({"user": request.user, "people": people, "menu": MENU})))


urlpatterns = [
    path("floor/", members),
    path("floor/<int:number>/", members, name="section"),
    path("floor/<uuid:public_id>/", members, name="member"),
]
