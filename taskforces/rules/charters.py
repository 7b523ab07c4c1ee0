"""The life of a charter: drafted, released for comment, adopted; what may follow what, and what it must say. Pure.

Two ballots of the steering committee carry it: the first releases it for comment, the second adopts it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from members.rules.chain import freeze
from taskforces.choices import BEFORE_COMMITTEE, IN_PREPARATION, WRITABLE_CHARTER, CharterState, GroupState

RELEASE_RULE, ADOPTION_RULE = "charter-release", "charter-adoption"
RULES = {CharterState.RELEASE: RELEASE_RULE, CharterState.ADOPTION: ADOPTION_RULE}
"""The key of the decision rule of each of the two ballots, by the state in which the charter is put."""
QUESTIONS = {
    CharterState.RELEASE: gettext_noop("Release the charter of {subject} for comment?"),
    CharterState.ADOPTION: gettext_noop("Adopt the charter of {subject}?"),
}
"""What is asked. The place is filled for each reader."""
LEAST_COMMENT_DAYS, MOST_COMMENT_DAYS = 7, 90
BACK = {CharterState.RELEASE: CharterState.DRAFT, CharterState.ADOPTION: CharterState.COMMENT}
"""Where a charter goes that is taken back before it is decided on."""
FORWARD = {CharterState.DRAFT: CharterState.RELEASE, CharterState.COMMENT: CharterState.ADOPTION}
"""Where a charter goes when it is handed in."""


def digest_of(*, number: str, version: int, content: Mapping) -> str:
    """The digest of a version: what a ballot freezes of it. Days are written as in ISO 8601."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in content.items()}
    return freeze({"charter": number, "version": version, "content": said})


def ensure_writable(*, group_state: str, state: str | None, has_live_ballot: bool) -> None:
    """That the text may be written at; `state` is None where there is no charter in preparation yet.

    Raises Refused, code `concluded` or `before-committee`.
    """
    if group_state == GroupState.CONCLUDED:
        raise Refused(_("This group is concluded."), code="concluded")
    if has_live_ballot or (state is not None and state not in WRITABLE_CHARTER):
        raise Refused(
            _("The charter is before the committee and cannot be changed. It can be once it comes back."),
            code="before-committee",
        )


def ensure_complete(*, content: Mapping, today: date) -> None:
    """That a charter says all it must before it is handed in.

    Raises Refused, code `incomplete`, `review-past`, `mandate-past` or `review-after-mandate`, on the field.
    """
    for name, value in content.items():
        if not value and name != "mandate_ends_on":
            raise Refused(_("Fill in this part before the charter is handed in."), code="incomplete", field=name)
    review, end = content["review_on"], content["mandate_ends_on"]
    if review <= today:
        raise Refused(_("The day of review lies ahead."), code="review-past", field="review_on")
    if end is not None and end <= today:
        raise Refused(_("The last day of the mandate lies ahead."), code="mandate-past", field="mandate_ends_on")
    if end is not None and review > end:
        raise Refused(_("The review comes before the mandate ends."), code="review-after-mandate", field="review_on")


def ensure_can_be_handed_in(*, state: str, comment_ends_at: datetime | None, now: datetime, open_comments: int) -> None:
    """That a charter may be handed in for its next ballot.

    Raises Refused, code `no-such-step`, `comment-period`, or `open-comments` where one has no disposition.
    """
    if state not in FORWARD:
        raise Refused(_("This charter is not to be handed in now."), code="no-such-step")
    if state == CharterState.DRAFT:
        return
    if now < comment_ends_at:
        raise Refused(_("Members can comment still. Wait for the end of the comment period."), code="comment-period")
    if open_comments:
        raise Refused(
            ngettext(
                "{number} comment has no answer yet. Answer it first.",
                "{number} comments have no answer yet. Answer them first.",
                open_comments,
            ),
            code="open-comments",
            number=open_comments,
        )


def ensure_comment_days(days: int) -> None:
    """Raises Refused, code `comment-days`."""
    if not LEAST_COMMENT_DAYS <= days <= MOST_COMMENT_DAYS:
        raise Refused(
            _("A charter is open for comment for {least} to {most} days."),
            code="comment-days",
            field="comment_days",
            least=LEAST_COMMENT_DAYS,
            most=MOST_COMMENT_DAYS,
        )


def ensure_can_be_put(state: str) -> None:
    """That the Secretariat may prepare a ballot on it. Raises Refused, code `not-now`."""
    if state not in BEFORE_COMMITTEE:
        raise Refused(_("Only a charter that was handed in goes before the committee."), code="not-now")


def ensure_can_be_taken_back(*, state: str, has_live_ballot: bool) -> None:
    """Raises Refused, code `no-such-step`, or `live` while a ballot on it is prepared or open."""
    if state not in BACK:
        raise Refused(_("This charter is not before the committee."), code="no-such-step")
    ensure_no_ballot(has_live_ballot=has_live_ballot)


def ensure_no_ballot(*, has_live_ballot: bool) -> None:
    """Raises Refused, code `live`, while a ballot on it is prepared or open."""
    if has_live_ballot:
        raise Refused(_("A ballot on this charter is prepared or open. Withdraw it first."), code="live")


def ensure_in_preparation(state: str) -> None:
    """Raises Refused, code `over`."""
    if state not in IN_PREPARATION:
        raise Refused(_("This charter is decided, or abandoned."), code="over")


def comment_ends_at(released_at: datetime, *, days: int) -> datetime:
    """When the comment period of a charter ends."""
    return released_at + timedelta(days=days)


def is_open_for_comment(*, state: str, ends_at: datetime | None, now: datetime) -> bool:
    """Whether members may say something to a charter: by the clock, not by a job."""
    return state == CharterState.COMMENT and ends_at is not None and now < ends_at


def ensure_may_comment(*, state: str, ends_at: datetime | None, now: datetime, is_protected: bool) -> None:
    """Raises Refused, code `comments-closed`, or `protected`: what is said to a charter is said in one's own name."""
    if not is_open_for_comment(state=state, ends_at=ends_at, now=now):
        raise Refused(_("This charter is not open for comment."), code="comments-closed")
    if is_protected:
        raise Refused(
            _("Comments stand under their author's name, and yours is sealed. Tell a chair what you would change."),
            code="protected",
        )


def ensure_may_dispose(*, state: str, text: str) -> None:
    """Raises Refused, code `over` once it goes to adoption, or `taken-away` where nothing is left to answer."""
    if state != CharterState.COMMENT:
        raise Refused(_("The comments on this charter are closed and answered."), code="over")
    if not text:
        raise Refused(_("This comment was taken away."), code="taken-away")


def ensure_answer(answer: str) -> None:
    """Every disposition says why. Raises Refused, code `no-answer`."""
    if not answer.strip():
        raise Refused(
            _("Say why in a sentence: everybody who reads the charter reads it."), code="no-answer", field="answer"
        )


def overdue(*, mandate_ends_on: date | None, review_on: date | None, today: date) -> list[str]:
    """What of an adopted charter is over: `mandate` once its last day has passed, `review` from its day on."""
    found = ["mandate"] if mandate_ends_on is not None and mandate_ends_on < today else []
    return found + (["review"] if review_on is not None and review_on <= today else [])


def consequences(rule_key: str, *, days: int) -> list[str]:
    """What happens if a ballot passes, in sentences in the language that is active. `days` are those for comment."""
    if rule_key == RELEASE_RULE:
        return [
            ngettext(
                "All members can read the charter and comment on it, for {days} day.",
                "All members can read the charter and comment on it, for {days} days.",
                days,
            ).format(days=days),
            gettext("Every comment gets a written answer before the charter is put to adoption."),
            gettext("The decision stands in the public register."),
        ]
    return [
        gettext("The charter is in force from the day of the decision, and takes the place of the one before."),
        gettext("The group is active, if somebody chairs it."),
        gettext("The decision stands in the public register."),
    ]
