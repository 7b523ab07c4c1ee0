"""The administration, by one rule: its pages are the Secretariat's, and each model's as `ADMINISTRATION` says.

Whoever is signed in and serves in no office is led to its sign-in, which refuses them. Nothing is deleted there, and
what other libraries bring along for it is shown to nobody.
"""

from members.permissions.administration import ADD, ADMINISTRATION, CHANGE, VIEW
from tests.permission_table.people import OFFICE
from tests.world.visits import VISITORS

OPEN_TO_VISITORS = {"admin:login"}
"""Sign-in itself, which is the portal's own."""
NOBODYS = {
    ("account", "emailaddress"): (),
    ("auth", "group"): (),
    ("mfa", "authenticator"): (),
    ("usersessions", "usersession"): (),
}
"""What libraries register: their pages answer nobody. Groups above all are made with their bodies, and only so."""
MODELS = (
    {("members", model): acts for model, acts in ADMINISTRATION.items()}
    | {("secretariat", "notice"): (VIEW,), ("taskforces", "groupkind"): (VIEW, CHANGE, ADD)}
    | NOBODYS
)
MERGEABLE = ("expertise", "region", "country", "language")
"""The lists whose entries are merged, on a page of their own."""
ASKED = ("visitor", "confined", "stranger", "applicant", "institution", "steering-1", "secretariat-1", "secretariat-2")
"""Whom the pages of single models are asked as; the first page and the lists are asked as everybody."""


def pages_of(app: str, model: str) -> dict[str, str]:
    """The pages of a model with the answer to the Secretariat's GET. What happened to a row is in the audit record;
    what an organisation or an entry of a governed list was has a page."""
    acts = MODELS[app, model]
    seen = "200" if VIEW in acts else "403"
    added = "200" if ADD in acts else "403"
    has_own = app != "members" or model in ("organisation", *MERGEABLE)
    told = seen if has_own else "to admin:members_auditevent_changelist"
    return {"changelist": seen, "add": added, "change": seen, "history": told, "delete": "403"}


def takes(app: str, model: str, page: str) -> bool:
    """Whether a page of a model takes what the Secretariat sends."""
    acts = MODELS[app, model]
    return (page == "add" and ADD in acts) or (page == "change" and CHANGE in acts)


def answer_to(person: str, in_office: str, *, to_visitors: str = "login") -> str:
    """The answer to somebody, given that to the Secretariat.

    Pages of single models lead visitors to sign-in; those of the administration itself by its own address for that.
    """
    if person in VISITORS:
        return to_visitors
    if person == "confined":
        return "factor"
    return in_office if person in OFFICE else "to admin:login"
