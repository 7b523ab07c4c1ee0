"""Which mails of the story leave when the demo starts: the newest. The others left when they were written."""

from django.db.models import F

from secretariat.choices import NoticeState
from secretariat.models import Notice, NoticeText

LEFT_TO_SEND = 40
"""How many mails the worker finds when it starts: as many as one likes to look at in the demo's mailbox."""


def settle() -> int:
    """Write down of all mails but the newest that they were sent when they were written; says how many.

    The story's past had a worker of which nothing remains but this. No action does it: outside the demo, nothing is
    said to have been sent that was not.
    """
    waiting = Notice.objects.waiting().order_by("-pk")
    newest = list(waiting.values_list("pk", flat=True)[:LEFT_TO_SEND])
    sent = waiting.exclude(pk__in=newest).order_by()
    count = sent.update(state=NoticeState.SENT, sent_at=F("written_at"), attempts=1)
    NoticeText.objects.filter(notice__state=NoticeState.SENT).delete()
    return count
