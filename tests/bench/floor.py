"""The floor: the least that a Django page of 25 members needs. A session, a user, one list, and twenty kilobytes."""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from members.models import Person

URLCONF = __name__
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
PAGE = 25
FRAME = "<li><a href='/somewhere/'>An entry of a menu, as every page has them</a></li>" * 90
TEMPLATE = Engine().from_string(
    "<!doctype html><html lang='en'><head><title>Members</title></head><body><nav>{{ frame|safe }}</nav>"
    "<main><h1>Members</h1><p>{{ user.email }}</p><ul>{% for person in people %}<li>"
    "<h2><a href='/members/{{ person.public_id }}/'>{{ person.name }}</a> <span>{{ person.latin_name }}</span></h2>"
    "<p>{{ person.headline }}</p><p>{{ person.biography }}</p><p>{{ person.country_id }}</p></li>{% endfor %}</ul>"
    "</main></body></html>"
)


def members(request):
    """The first 25 members by name, for whoever is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    people = Person.objects.filter(listed=True).order_by("sort_key", "pk")[:PAGE]
    return HttpResponse(TEMPLATE.render(Context({"user": request.user, "people": people, "frame": FRAME})))


urlpatterns = [path("floor/", members)]
