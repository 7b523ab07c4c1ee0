"""Which questions an application puts, and what is wrong with an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.choices.applications import HolderKind, Step
from members.choices.questions import QUESTIONS, Question, Shape
from members.kernel.refusals import Refused
from members.rules import answers

CODES = {"list": {"a", "b", "c"}}


def asked(step, holder_kind=HolderKind.PERSON, statements=(), commitments=()):
    return answers.questions_of(step, holder_kind=holder_kind, statements=statements, commitments=commitments)


def wrong(question, value):
    """The code of what is wrong with one answer, or nothing."""
    found = answers.problems("", [question], {question.name: value}, CODES)
    return found[0].code if found else ""


class TestPages:
    steps = [Step.SAFETY, Step.IDENTITY, Step.ORGANISATION, Step.AFFILIATION, Step.STATEMENT]

    def of(self, held_by, chosen):
        return answers.steps_of(self.steps, held_by=held_by, holder_kind=chosen)

    def test_a_tier_for_persons_does_not_ask_about_an_organisation(self):
        assert self.of("person", "person") == ["safety", "identity", "affiliation", "statement"]

    def test_a_tier_for_organisations_does_not_ask_where_one_works(self):
        assert self.of("organisation", "organisation") == ["identity", "organisation", "statement"]

    def test_where_it_is_open_the_first_page_asks_who_and_is_alone_until_then(self):
        assert self.of("either", "either") == ["holder"]
        assert self.of("either", "organisation") == ["holder", "identity", "organisation", "statement"]
        assert self.of("either", "person") == ["holder", "safety", "identity", "affiliation", "statement"]


class TestQuestions:
    def test_statements_come_from_the_terms_with_their_limits(self):
        [question] = asked(Step.STATEMENT, statements=[{"key": "why", "label": "Why?", "help": "Say it.", "words": 3}])
        assert (question.name, str(question.label), question.words) == ("why", "Why?", 3)
        assert wrong(question, "one two three four") == "too-many-words"

    def test_every_commitment_is_a_tick_of_its_own(self):
        questions = asked(Step.COMMITMENTS, commitments=["We lead.", "We host."])
        found = answers.problems(Step.COMMITMENTS, questions, {"commitment_1": "on"}, {})
        assert [(problem.field, problem.code) for problem in found] == [("commitment_2", "missing")]

    def test_who_applies_for_an_organisation_says_their_position_and_no_biography(self):
        names = {question.name for question in asked(Step.IDENTITY, HolderKind.ORGANISATION)}
        assert "position" in names
        assert "biography" not in names

    def test_names_on_a_page_are_unique_and_every_page_is_known(self):
        assert set(QUESTIONS) == set(Step)
        for step in Step:
            names = [question.name for question in QUESTIONS[step]]
            assert len(names) == len(set(names))


class TestOneAnswer:
    line = Question("line", "A line", most=5)

    @pytest.mark.parametrize(
        ("shape", "value"),
        [
            (Shape.LINE, ""),
            (Shape.TEXT, ""),
            (Shape.CHOICE, ""),
            (Shape.LISTED, ""),
            (Shape.SEVERAL, []),
            (Shape.TICK, ""),
        ],
    )
    def test_what_is_required_and_empty_is_missing(self, shape, value):
        assert wrong(Question("q", "Q", shape), value) == "missing"
        assert wrong(Question("q", "Q", shape, required=False), value) == ""

    def test_too_long_by_one(self):
        assert wrong(self.line, "12345") == ""
        assert wrong(self.line, "123456") == "too-long"

    def test_the_sentence_says_how_many_there_are(self):
        [problem] = answers.problems("", [Question("q", "Q", words=2)], {"q": "a b c"}, {})
        assert problem.message == "At most 2 words; these are 3."

    @pytest.mark.parametrize("address", ["example.org", "https://example.org/a?b=c", "http://example.org"])
    def test_websites(self, address):
        assert wrong(Question("q", "Q", Shape.ADDRESS), address) == ""

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org", "nothing", "https://"])
    def test_no_websites(self, address):
        assert wrong(Question("q", "Q", Shape.ADDRESS), address) == "not-an-address"

    def test_a_choice_is_on_its_list(self):
        assert wrong(Question("q", "Q", Shape.LISTED, options="list"), "a") == ""
        assert wrong(Question("q", "Q", Shape.CHOICE, options="list"), "z") == "not-listed"

    def test_several_choices_are_on_the_list_and_not_too_many(self):
        question = Question("q", "Q", Shape.SEVERAL, options="list", most=2)
        assert wrong(question, ["a", "b"]) == ""
        assert wrong(question, ["a", "z"]) == "not-listed"
        assert wrong(question, ["a", "b", "c"]) == "too-many"


class TestAnswersTogether:
    def found(self, step, values):
        questions = asked(step)
        codes = {
            question.options: {"no", "perhaps", "independent", "affiliated", "none", "some", "en", "011", "law"}
            for question in questions
        }
        return {problem.field: problem.code for problem in answers.problems(step, questions, values, codes)}

    def test_whoever_is_at_risk_is_asked_to_pause_or_to_say_that_they_go_on(self):
        assert self.found(Step.SAFETY, {"risk": "no"}) == {}
        assert self.found(Step.SAFETY, {"risk": "perhaps"}) == {"proceed": "missing"}
        assert self.found(Step.SAFETY, {"risk": "perhaps", "proceed": "on"}) == {}

    def test_whoever_belongs_somewhere_names_it(self):
        assert self.found(Step.AFFILIATION, {"standing": "independent"}) == {}
        assert self.found(Step.AFFILIATION, {"standing": "affiliated"}) == {"organisation_1": "missing"}
        assert self.found(Step.AFFILIATION, {"standing": "affiliated", "organisation_3": "X"}) == {}

    def test_one_language_at_least_from_either_list(self):
        known = {"expertise": ["law"], "regions": ["011"]}
        assert self.found(Step.EXPERTISE, known) == {"languages": "missing"}
        assert self.found(Step.EXPERTISE, known | {"languages": ["en"]}) == {}
        assert self.found(Step.EXPERTISE, known | {"language_2": "en"}) == {}

    def test_a_declaration_says_what_it_declares_and_does_not_contradict_itself(self):
        assert self.found(Step.CONFLICTS, {"relation": "none"}) == {}
        assert self.found(Step.CONFLICTS, {"relation": "some"}) == {"details": "missing"}
        assert self.found(Step.CONFLICTS, {"relation": "some", "details": "My sister sits there."}) == {}
        assert self.found(Step.CONFLICTS, {"relation": "none", "details": "My sister."}) == {"relation": "both"}

    def test_problems_stand_in_the_order_of_the_questions(self):
        found = answers.problems(Step.CONFLICTS, asked(Step.CONFLICTS), {"details": "x " * 400}, {})
        assert [problem.field for problem in found] == ["relation", "details"]


class TestLeaving:
    typed = {
        "standing": "affiliated",
        "organisation_1": "A",
        "position_1": "Fellow",
        "organisation_2": "B",
        "position_2": "",
    }

    def test_the_others_stay(self):
        left = answers.without_organisations(self.typed, ["organisation_1"])
        assert answers.named_organisations(left) == {"organisation_2": "B"}
        assert (left["standing"], left["position_1"]) == ("affiliated", "")

    def test_whoever_left_the_last_is_independent(self):
        left = answers.without_organisations(self.typed, ["organisation_1", "organisation_2"])
        assert left["standing"] == "independent"

    def test_what_an_independent_person_typed_counts_for_nothing(self):
        assert answers.named_organisations(self.typed | {"standing": "independent"}) == {}


class TestOneLine:
    @pytest.mark.parametrize("value", ["Alamy\n\nYOUR ACCOUNT IS LOCKED", "A\rB", "A\u2028B", "A\x1bB", "A\u202eB"])
    def test_an_answer_of_one_line_breaks_none_and_hides_nothing(self, value):
        for questions in QUESTIONS.values():
            for question in questions:
                if question.shape == Shape.LINE:
                    assert wrong(question, value) == "not-one-line", question.name

    @pytest.mark.parametrize(
        "value", ["Awa  Example", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "O'Neill-Ñandú, 李小龙"]
    )
    def test_names_of_every_script_are_all_right(self, value):
        assert wrong(Question("name", "Your name"), value) == ""

    def test_a_long_answer_has_as_many_lines_as_it_likes(self):
        assert wrong(Question("about", "About", Shape.TEXT, most=100), "One.\n\nTwo.") == ""


class TestWords:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("", 0),
            ("one", 1),
            ("one two\nthree", 3),
            ("l'été s'en va", 3),
            ("预防暴行", 4),
            ("حقوق الإنسان", 2),
            ("ป้อง", 4),
        ],
    )
    def test_counting(self, text, count):
        assert answers.count_words(text) == count

    def test_addresses_are_completed(self):
        assert answers.full_address("example.org") == "https://example.org"
        assert answers.full_address("http://example.org") == "http://example.org"
        assert answers.full_address("") == ""


VALUES = st.one_of(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=4))
TEXTS = st.text(max_size=40)


@given(data=st.data(), step=st.sampled_from([step for step in Step if QUESTIONS[step]]))
def test_whatever_is_typed_is_judged_and_never_breaks(data, step):
    questions = asked(step)
    values = {
        question.name: data.draw(st.lists(TEXTS, max_size=4) if question.shape == Shape.SEVERAL else TEXTS)
        for question in questions
    }
    found = answers.problems(step, questions, values, {})
    assert all(isinstance(problem, Refused) and problem.message for problem in found)
    assert {problem.field for problem in found} <= set(values)


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.dictionaries(st.text(max_size=5), VALUES, max_size=4)
)
def test_the_basis_tells_saved_answers_apart_and_nothing_else(first, second):
    assert (answers.basis_of(first) == answers.basis_of(second)) == (first == second)
