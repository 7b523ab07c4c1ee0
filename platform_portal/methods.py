"""Which methods the portal takes at all: those by which people read pages and send forms."""

from django.http import HttpResponseNotAllowed

from platform_portal.errors import error_page

TAKEN = ("GET", "HEAD", "POST", "OPTIONS")
PEOPLES = ("GET", "POST")


class MethodsMiddleware:
    """Refuse every other method before anybody is asked who they are.

    Views name the methods they take, but libraries bring views of their own, and some of those take a PUT for a form
    that was sent with nothing in it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if request.method in TAKEN else HttpResponseNotAllowed(TAKEN)


class MethodPageMiddleware:
    """Say what to do where an address does not take the method: people come there by an address they kept of a button.

    It stands innermost, since the page knows its reader.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != HttpResponseNotAllowed.status_code or request.method not in PEOPLES:
            return response
        page = error_page(request, response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page
