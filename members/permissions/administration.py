"""What the Secretariat may do in the Django admin: view, add or change, never delete.

Everything that has a decision behind it is for reading only.
"""

VIEW, CHANGE, ADD = "view", "change", "add"

ADMINISTRATION: dict[str, tuple[str, ...]] = {
    "user": (VIEW,),
    "person": (VIEW, CHANGE, ADD),
    "organisation": (VIEW, CHANGE, ADD),
    "affiliation": (VIEW,),
    "representation": (VIEW,),
    "steeringseat": (VIEW,),
    "seatterm": (VIEW,),
    "chairterm": (VIEW,),
    "staffterm": (VIEW,),
    "membership": (VIEW,),
    "tier": (VIEW, CHANGE),
    "tierterms": (VIEW, CHANGE),
    "decisionrule": (VIEW, CHANGE),
    "application": (VIEW,),
    "applicationversion": (VIEW,),
    "checkitem": (VIEW, CHANGE, ADD),
    "lettertemplate": (VIEW, CHANGE, ADD),
    "letter": (VIEW,),
    "ballot": (VIEW,),
    "ballotevent": (VIEW,),
    "decision": (VIEW,),
    "expertise": (VIEW, CHANGE, ADD),
    "region": (VIEW, CHANGE, ADD),
    "country": (VIEW, CHANGE, ADD),
    "language": (VIEW, CHANGE, ADD),
    "auditevent": (VIEW,),
}
