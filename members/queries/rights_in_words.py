"""The tables of rights as a page people can read."""

from members.choices.audiences import Audience
from members.choices.bodies import Role
from members.permissions.administration import ADMINISTRATION
from members.permissions.fields import FIELDS
from members.permissions.table import EVERYBODY, GRANTS, OWN, ROLES

HEAD = (
    "Printed by `manage.py print_permissions` from `members/permissions/`; CI checks that it is current. State (“only "
    "while it is a draft”) is a rule, not a right. Recusal takes away what a grant gives."
)


def markdown() -> str:
    """`docs/permissions.md`: rights of roles, of bodies on rows, of those a row belongs to, fields, administration."""
    return "\n".join(
        [
            "# Who may do what",
            "",
            HEAD,
            "",
            "## By role, on the whole platform",
            "",
            *_table(["right", *(role.label for role in Role)], _of_roles()),
            "",
            "## By body, on single rows",
            "",
            *_table(["on", "right", "who", "when"], _of_bodies()),
            "",
            "## By belonging",
            "",
            *_table(["on", "right of whoever it belongs to"], _of_owners()),
            "",
            "## Fields of a person",
            "",
            *_table(["field", *(audience.label for audience in Audience), "legal basis", "kept"], _of_fields()),
            "",
            "## In the administration, for the Secretariat in office",
            "",
            *_table(["rows", "may"], ([model, ", ".join(acts)] for model, acts in sorted(ADMINISTRATION.items()))),
            "",
        ]
    )


def _table(head, rows) -> list[str]:
    return [f"| {' | '.join(str(cell) for cell in row)} |" for row in [head, ["---"] * len(head), *rows]]


def _of_roles():
    for right, roles in ROLES.items():
        yield [right.label, *("yes" if role in roles or roles == EVERYBODY else "" for role in Role)]


def _of_bodies():
    for model, grants in GRANTS.items():
        for grant in grants:
            for right in grant.rights:
                yield [model.partition(".")[2], right.label, grant.body, grant.when]


def _of_owners():
    for model, rights in OWN.items():
        for right in rights:
            yield [model.partition(".")[2], right.label]


def _of_fields():
    for name, field in FIELDS.items():
        marks = ["yes" if audience in field.audiences else "" for audience in Audience]
        yield [name, *marks, field.basis.label, field.kept]
