"""Words are folded alike wherever they come from, so that spelling, case and marks keep nobody from being found."""

import pytest

from members.kernel.text import beginnings_of, words_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Émile", "emile"),
        ("ÉMILE", "Émile"),
        ("Søren Łukasz", "soren lukasz"),
        ("Straße", "strasse"),
        ("Эмиль", "эмиль"),
        ("Фёдор", "федор"),
        ("إميل", "اميل"),
        ("أَمَل", "امل"),
        ("آمنة", "امنه"),
        ("مـــها", "مها"),
        ("هدى", "هدي"),
        ("علی", "علي"),
        ("Şahin Öz", "sahin oz"),
        ("Nguyễn", "nguyen"),
        ("İpek", "ipek"),
        ("\uff34\uff4f\uff4b\uff59\uff4f", "tokyo"),
        ("O'Brien-Smith", "o brien smith"),
    ],
)
def test_spellings_of_one_word_are_one(written, asked):
    assert words_of(written) == words_of(asked)


def test_nothing_but_letters_and_numbers_is_a_word():
    assert words_of("  'a' & | ! <-> (b):* c_d \\ \0 ") == ["a", "b", "c", "d"]


def test_an_article_or_a_word_in_the_middle_keeps_nobody_from_being_found():
    assert set(beginnings_of("الحسن")) == {"الحسن", "حسن"}
    assert "明" in beginnings_of("李小明")
    assert beginnings_of("Amina") == ["amina"]
