"""Which methods the portal takes at all: those by which people read pages and send forms."""

from django.http import HttpResponseNotAllowed

TAKEN = ("GET", "HEAD", "POST", "OPTIONS")


class MethodsMiddleware:
    """Refuse every other method before anybody is asked who they are.

    Views name the methods they take, but libraries bring views of their own, and some of those take a PUT for a form
    that was sent with nothing in it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if request.method in TAKEN else HttpResponseNotAllowed(TAKEN)
