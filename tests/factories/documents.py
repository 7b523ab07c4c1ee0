"""Documents and outputs for tests, by the portal's own actions."""

from datetime import timedelta

from members.kernel.clock import today
from members.models import Language
from taskforces.actions import documents, outputs
from taskforces.choices import DocumentAudience, DocumentStatus, Licence, OutputKind
from taskforces.models import GroupDocument, Output

TEXT = "# Early signs\n\nWhat a monitor should look for."


def drafted(cast, group, by="institution", title="Early signs", text=TEXT, **facts) -> GroupDocument:
    """A page as it is added: a draft of somebody's."""
    language = Language.objects.get(code="en")
    return documents.add(group=group, title=title, language=language, text=text, by=cast[by], **facts)


def settled(cast, document, *, audience=DocumentAudience.GROUP, status=DocumentStatus.FINAL, until=None):
    """A document that the Secretariat has settled."""
    document.refresh_from_db()
    if status == DocumentStatus.FOR_COMMENT and until is None:
        until = today() + timedelta(days=10)
    facts = {"title": document.title, "language": document.language, "audience": audience, "status": status}
    return documents.settle(
        document=document,
        revision=document.revision,
        by=cast["secretariat-1"],
        topics=document.topics.all(),
        comment_until=until,
        **facts,
    )


def proposed(cast, document, *, people=(), others=("Ann Outsider",), title="A brief on early signs") -> Output:
    """An output proposed out of a final document."""
    return outputs.propose(
        document=document,
        title=title,
        abstract="What monitors should look for.",
        kind=OutputKind.POLICY_BRIEF,
        licence=Licence.CC_BY,
        by=cast["institution"],
        people=[cast.person(name) for name in people],
        others=others,
    )
