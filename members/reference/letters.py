"""The letters the Secretariat starts from, in English. Staff edit the templates, and each letter before it goes.

Places to fill stand in braces. `PLACES` says which a letter may use; every letter may use those of `EVERYWHERE`.
Letters are plain text: empty lines divide paragraphs.
"""

EVERYWHERE = ("name", "number", "tier", "link", "sender")
"""Whom the letter greets, the application's number and tier, the address of its page, and who signs."""
PLACES = {
    "received": (),
    "information-request": ("question", "due_on"),
    "incomplete": ("reason", "reapply_on"),
    "admitted": ("decision", "starts_on", "ends_on"),
    "refused": ("decision", "reason", "reapply_on"),
    "held": ("concern", "due_on"),
    "withdrawn": (),
}
SIGNATURE = "\n\nWith kind regards\n{sender}\nfor the Secretariat\n"

LETTERS = (
    {
        "key": "received",
        "title": "Application received",
        "subject": "We have your application {number}",
        "body": (
            "Dear {name},\n\n"
            "Thank you for applying for {tier}. Your application has the number {number}, and what you sent is "
            "safe with us.\n\n"
            "First the Secretariat checks that nothing is missing; this takes up to three weeks. Then the steering "
            "committee votes, which takes two to three weeks more. You need do nothing unless we ask, and if we ask, "
            "we "
            "write to this address.\n\n"
            "You can see how it stands, or withdraw, at any time:\n{link}"
        ),
    },
    {
        "key": "information-request",
        "title": "Request for information",
        "subject": "A question about your application {number}",
        "body": (
            "Dear {name},\n\n"
            "Reading your application, we came to a question that only you can answer:\n\n"
            "{question}\n\n"
            "Please answer by {due_on} on the page of your application:\n{link}\n\n"
            "A few sentences are enough. If you need more time, write to us before that day; we would rather wait than "
            "decide without you. Until you answer, your application rests, and it loses nothing by it."
        ),
    },
    {
        "key": "incomplete",
        "title": "Returned as incomplete",
        "subject": "Your application {number} is incomplete",
        "body": (
            "Dear {name},\n\n"
            "We have to return your application for {tier}, because it is not complete:\n\n"
            "{reason}\n\n"
            "This is no judgement on you or your work: the steering committee has not seen the application. You may "
            "apply again from {reapply_on}. What you sent stays on its page, so that you can take from it "
            "what is still right:\n{link}\n\n"
            "If something stood in your way, a document you cannot get or a question you cannot safely answer, tell "
            "us. "
            "There is often another way."
        ),
    },
    {
        "key": "admitted",
        "title": "Admitted",
        "subject": "Welcome: you are admitted",
        "body": (
            "Dear {name},\n\n"
            "The steering committee has admitted you to {tier}. The decision is number {decision}. Your membership "
            "begins "
            "on {starts_on} and runs until {ends_on}.\n\n"
            "Sign in to complete your profile, and decide whether the directory lists you, before you do anything "
            "else:\n{link}\n\n"
            "We shall write to you within two weeks to hear what you would like to begin with. We look forward to "
            "working with you."
        ),
    },
    {
        "key": "refused",
        "title": "Not admitted",
        "subject": "The decision on your application {number}",
        "body": (
            "Dear {name},\n\n"
            "The steering committee has considered your application for {tier} and has decided not to admit you now. "
            "The "
            "decision is number {decision}.\n\n"
            "These are its grounds:\n\n"
            "{reason}\n\n"
            "You may apply again from {reapply_on}. We know how much work an application is, and we thank you for it. "
            "If you "
            "would like to talk about the grounds, or about other ways of taking part, answer this letter."
        ),
    },
    {
        "key": "held",
        "title": "Concern of the committee",
        "subject": "The committee asks about your application {number}",
        "body": (
            "Dear {name},\n\n"
            "The steering committee is considering your application for {tier}. Before it decides, it would like to "
            "hear you on "
            "one concern:\n\n"
            "{concern}\n\n"
            "Please answer by {due_on}, here:\n{link}\n\n"
            "Your answer goes to every member of the committee who takes part in the decision. A concern is not a "
            "refusal: "
            "most are settled by an answer."
        ),
    },
    {
        "key": "withdrawn",
        "title": "Withdrawal confirmed",
        "subject": "Your application {number} is withdrawn",
        "body": (
            "Dear {name},\n\n"
            "Your application for {tier} is withdrawn, as you asked. Nobody will decide on it, and the referees you "
            "named "
            "will not be asked again.\n\n"
            "What you sent stays on record, and you can read it here:\n{link}\n\n"
            "You are welcome to apply again whenever you wish; you need not wait, and you need not explain."
        ),
    },
)
