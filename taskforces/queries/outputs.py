"""What the pages of published outputs show."""

from django.utils.translation import gettext as _

from taskforces.choices import BylineState, OutputKind, OutputState
from taskforces.models import Output
from taskforces.permissions.groups import rights_on, visible_to
from taskforces.permissions.table import GroupRight
from taskforces.rules.marked import html_of
from taskforces.rules.outputs import Cited, citation

TONES = {
    OutputState.PROPOSED: "wait",
    OutputState.DECLINED: "plain",
    OutputState.PUBLISHED: "good",
    OutputState.WITHDRAWN: "bad",
}


def named(output: Output) -> list[str]:
    """The names that stand on an output: of those who agreed, and who are not protected."""
    agreed = output.authors.filter(state=BylineState.GIVEN, person__protection__isnull=True)
    return list(agreed.values_list("name", flat=True))


def cited(output: Output, *, url: str) -> Cited:
    """What an output's citation is made of. `url` is the whole address of its page."""
    return Cited(
        title=output.title,
        authors=named(output),
        group=output.group.name,
        platform=_("Prevention Platform"),
        year=output.published_at.year if output.published_at else output.proposed_at.year,
        kind=str(OutputKind(output.kind).label),
        url=url,
        key=output.slug,
    )


def page_of(output: Output, viewer, *, url: str) -> dict:
    """The page of an output for one viewer."""
    rights = rights_on(output.group, viewer) if viewer.is_authenticated else frozenset()
    is_withdrawn = output.state == OutputState.WITHDRAWN
    own = output.authors.filter(person__user=viewer).first() if viewer.is_authenticated else None
    return {
        "output": output,
        "tone": TONES[OutputState(output.state)],
        "authors": named(output),
        "topics": list(output.topics.all()),
        "citation": citation(cited(output, url=url)),
        "html": "" if is_withdrawn else html_of(output.version.text),
        "may_read": not is_withdrawn,
        "group_is_known": visible_to(viewer).filter(pk=output.group_id).exists(),
        "may_manage": GroupRight.MANAGE_GROUP in rights,
        "byline": own,
        "asked": output.authors.filter(state=BylineState.ASKED).count() if GroupRight.MANAGE_GROUP in rights else 0,
    }
