"""Every address of the portal, from the URLconf itself."""

from dataclasses import dataclass

from django.urls import URLPattern

from platform_portal.urls import urlpatterns


@dataclass(frozen=True)
class Url:
    """One address: its full name, the parts it takes, and the view behind it."""

    name: str
    parts: frozenset[str]
    view: object

    @property
    def is_public(self) -> bool:
        """Whether visitors are let in: LoginRequiredMiddleware asks the same."""
        return not getattr(self.view, "login_required", True)

    @property
    def is_of_admin(self) -> bool:
        return self.name.startswith("admin:")


def urls() -> list[Url]:
    """Every pattern of the portal's URLconf, whichever a test may have set.

    The admin's nameless redirects and its last catch are named `admin:`.
    """
    return list(_walk(urlpatterns, namespace="", above=frozenset()))


def _walk(patterns, *, namespace, above):
    for entry in patterns:
        parts = above | frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            yield Url(f"{namespace}{entry.name or ''}", parts, entry.callback)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, namespace=inner, above=parts)


def by_name() -> dict[str, Url]:
    """The addresses by name; of two of one name the first, as requests find it."""
    found: dict[str, Url] = {}
    for url in urls():
        found.setdefault(url.name, url)
    return found
