"""What course each application of the story takes: when it was begun, what was asked, and how the committee voted.

Positions stand in a string, one letter for each seat in the order of their numbers:

    Y N A   Yes, No, Abstain          y n a   the same, taken by the alternate
    H       a hold that stays         V       a hold that its seat clears later, and says Yes
    X       No at first, Yes later    C       declares a conflict of interest
    ?       unsure about a conflict   .       stands aside by rule
    +       only says it has none     -       silent
"""

from dataclasses import dataclass

from members.choices.applications import Advice


@dataclass(frozen=True)
class Course:
    """The course of one application. `began` and `opened` are days before the present.

    `opened` says when its ballot opens, where that matters; otherwise it opens when it is ready. `related` are the
    seats to which the applicant declares a relationship, `referee_seat` the one whose principal is a referee. `failed`
    are the positions of a first ballot that found no quorum. `against` numbers the reasons of those who say No. `adds`
    is the title of a document that comes with the answer. `letters` is how many referees write, `checked` the share of
    checks that are made, `unclear` the check in which something is.
    """

    began: float
    votes: str = ""
    opened: float = 0
    officer: int = 0
    related: tuple[int, ...] = ()
    referee_seat: int = 0
    advice: Advice = Advice.ADMIT
    failed: str = ""
    against: tuple[int, ...] = ()
    concern: str = ""
    question: str = ""
    answer: str = ""
    adds: str = ""
    letters: int = 2
    checked: float = 1
    unclear: str = ""
    is_prepared: bool = False
    is_on_paper: bool = False
    is_at_risk: bool = False
    sends_scans: bool = False


COURSES = {
    # decided, the earliest first
    "karoriri": Course(432, "YYYYHYYYC"),
    "salingkit": Course(398, "YYYy-YYYY", officer=1),
    "harbourmaster": Course(372, "YYAYYY-Y-", failed="Y--Y----A"),
    "psychologist": Course(330, "YY-XY-YYA", officer=1),
    "corvino": Course(
        300,
        "YNYYYYY.Y",
        related=(8,),
        question="Please name the sources of funds for the last three years with their shares, roughly.",
        answer="Gladly: the table is attached. The largest is 31 %, and has never been more.",
        adds="Sources of funds",
        against=(5,),
    ),
    "teacher": Course(275, "YNNANYNYN", officer=1, advice=Advice.REFUSE, against=(0, 1, 4)),
    "statistician": Course(
        252,
        "YYYYY.Y-Y",
        referee_seat=6,
        question="Your second referee has not answered. Would you like to name another, or shall we wait?",
        answer="Please wait until Friday. She is in the field and will write when she has a line.",
        letters=1,
    ),
    "paralegal": Course(236, "YY-YYCYY-", officer=1),
    "beitqamar": Course(214, "YYYYYYAYY"),
    "stellan": Course(190, "NNN-YNNAN", advice=Advice.REFUSE, against=(2, 5, 4, 2, 5, 2, 4)),
    "banker": Course(174, officer=1, unclear="commitments"),
    "judge": Course(
        160,
        "YYYV-Y-YY",
        concern="Counsel in a case that is still pending comes from the chambers the applicant used to work in. Would "
        "the applicant stand aside from inquiries that touch it?",
        answer="Yes, and from any other case of these chambers while I live. I have written the same to the court.",
    ),
    "engineer": Course(148, officer=1, checked=0.4),
    "poet": Course(132, "YNYAYNYNY", against=(0, 3)),
    "analyst": Course(118, "Y-YYYYyY-", officer=1),
    "commissioner": Course(104, "YYA-YYYYC"),
    "translator": Course(92, "YY-Y-----", officer=1, is_at_risk=True),
    "reporter": Course(80, sends_scans=True, letters=0, unclear="documents"),
    "cartoonist": Course(74, "YYYNY-Y-Y", officer=1, against=(4,)),
    # held by the committee
    "archivist": Course(
        48,
        "YYYHYNYAY",
        against=(5,),
        answer="The ministry paid the archive's friends' society, and the society paid me. The draft was seen by the "
        "judge who had ordered the assessment, and by nobody in the ministry. Her letter is with my referees' letters.",
    ),
    "ginteva": Course(40, "YYNYYH-YA", officer=1, advice=Advice.NEITHER, against=(5,), unclear="independence"),
    # before the committee now
    "envoy": Course(28, "-Y?YYy--N", opened=12.83, officer=1, against=(4,)),
    "midwife": Course(
        23,
        "YY-H+Y-YA",
        opened=7.66,
        concern="One of the women named in the statement is a witness in an open case. Has she agreed to be read about "
        "by nine institutions, and what happens to the statement afterwards?",
    ),
    "tarohana": Course(21, "YY-YC-NY.", opened=5.31, officer=1, related=(9,), against=(3,)),
    "alderlaan": Course(20, "Y-Y-Y+-C-", opened=4.04),
    "observer": Course(14, "-+-Y-----", opened=1.3, officer=1),
    # with the Secretariat
    "radiologist": Course(15, is_prepared=True, is_at_risk=True, unclear="safety"),
    "wayrana": Course(16, officer=1),
    "surveyor": Course(12),
    "linguist": Course(20, officer=1),
    "historian": Course(28),
    "mandalan": Course(15, officer=1),
    "colonel": Course(
        17,
        checked=0.8,
        question="You list two missions whose reports are not public. Please send the summary of your service, so that "
        "the committee need not take your word.",
        answer="It is attached, with the parts that I may not show blackened by the ministry and not by me.",
        adds="Summary of service",
    ),
    "fixer": Course(11, officer=1, checked=0.5, letters=1, is_at_risk=True, unclear="safety"),
    "coder": Course(9, checked=0.2, letters=1),
    "lagunare": Course(9, officer=1, checked=0.3, letters=1),
    "mapmaker": Course(9, letters=0),
    "kasanjwe": Course(7, letters=0, is_on_paper=True, sends_scans=True),
    "ombudswoman": Course(6, letters=0),
    "nurse": Course(4.5, letters=0),
    "wirrabilla": Course(5, letters=0),
    # being written
    "pampahue": Course(11),
    "organiser": Course(9, is_on_paper=True),
    "imam": Course(5),
    "economist": Course(4),
}
"""By the key of the applicant. Where each course ends is the stage that the applicant's own data say."""
