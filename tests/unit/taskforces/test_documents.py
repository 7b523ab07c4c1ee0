"""Pure decisions on documents and outputs."""

from datetime import date

import pytest

from taskforces.choices import DocumentKind, DocumentStatus
from taskforces.rules import documents, outputs
from taskforces.rules.comparing import Change, compared
from taskforces.rules.marked import html_of
from tests.refusals import refused

TODAY = date(2026, 3, 1)


class TestComparing:
    def test_what_went_came_and_stayed(self):
        found = compared("one\ntwo\nthree", "one\n2\nthree\nfour")
        assert [(piece.change, piece.before, piece.after) for piece in found] == [
            (Change.SAME, "one", "one"),
            (Change.OTHER, "two", "2"),
            (Change.SAME, "three", "three"),
            (Change.NEW, "", "four"),
        ]

    def test_the_ends_of_lines_say_nothing(self):
        assert [piece.change for piece in compared("a\r\nb", "a\nb")] == [Change.SAME]


class TestMarkdown:
    def test_html_is_text(self):
        made = html_of("<script>alert(1)</script> <b onclick=x>bold</b>")
        assert "<script" not in made
        assert "<b" not in made

    @pytest.mark.parametrize(
        "text",
        [
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "![x](https://tracker.test/x.png)",
            "<javascript:alert(1)>",
        ],
    )
    def test_nothing_runs_and_nothing_is_fetched(self, text):
        made = html_of(text)
        assert "<img" not in made
        assert 'href="javascript' not in made
        assert 'href="data' not in made

    def test_headings_stand_below_the_page_s_own(self):
        assert "<h2>Title</h2>" in html_of("# Title")
        assert "<h1" not in html_of("# Title\n\nTitle\n=====")

    def test_lists_are_lists(self):
        assert html_of("- one\n- two") == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        assert html_of("3. three\n4. four") == '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>\n'

    def test_links_say_nothing_of_the_reader(self):
        assert 'rel="noopener noreferrer nofollow ugc"' in html_of("[x](https://example.org/)")


class TestDocuments:
    def test_a_text_or_a_file(self):
        assert documents.kind_of(text="x", has_file=False) == DocumentKind.PAGE
        assert documents.kind_of(text=" ", has_file=True) == DocumentKind.FILE
        with refused("both"):
            documents.kind_of(text="x", has_file=True)
        with refused("nothing"):
            documents.kind_of(text=" ", has_file=False)

    @pytest.mark.parametrize(
        ("status", "is_own", "runs", "expected"),
        [
            ("draft", True, False, True),
            ("draft", False, False, False),
            ("draft", False, True, True),
            ("for_comment", True, False, False),
            ("for_comment", False, True, True),
            ("final", True, True, False),
        ],
    )
    def test_who_writes_the_next_version(self, status, is_own, runs, expected):
        assert documents.is_open_to_change(status=status, is_own=is_own, runs=runs) is expected

    def test_out_for_comment_until_a_day_that_counts(self):
        step = {"status": DocumentStatus.DRAFT, "to": DocumentStatus.FOR_COMMENT, "today": TODAY}
        with refused("no-day"):
            documents.ensure_step(comment_until=None, **step)
        with refused("past"):
            documents.ensure_step(comment_until=date(2026, 2, 28), **step)
        documents.ensure_step(comment_until=TODAY, **step)
        assert documents.takes_comments(status="for_comment", comment_until=TODAY, today=TODAY)
        assert not documents.takes_comments(status="for_comment", comment_until=TODAY, today=date(2026, 3, 2))

    def test_no_step_from_final_to_comment(self):
        with refused("no-such-step"):
            documents.ensure_step(status="final", to=DocumentStatus.FOR_COMMENT, comment_until=TODAY, today=TODAY)


class TestOutputs:
    CITED = outputs.Cited("Signs {and} 50 % noise", ["Ann Outsider"], "Group", "Platform", 2026, "Paper", "u", "signs")

    def test_citation(self):
        assert outputs.citation(self.CITED) == (
            "Ann Outsider (2026). Signs {and} 50 % noise. Paper. Group, Platform. u"
        )

    def test_what_commands_in_bibtex_is_written_plainly(self):
        entry = outputs.bibtex(self.CITED)
        assert r"title = {{Signs \{and\} 50 \% noise}}" in entry
        assert entry.startswith("@techreport{signs,")

    def test_nobody_protected_is_named(self):
        with refused("protected"):
            outputs.ensure_may_be_named(is_protected=True, name="A name")
