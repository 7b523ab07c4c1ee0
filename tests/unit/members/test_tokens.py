"""Secrets that are derived rather than stored."""

import uuid
from itertools import pairwise

from members.kernel.tokens import derived_tokens, digest


def test_a_secret_can_be_made_again_and_differs_by_name_and_purpose():
    name = uuid.uuid4().hex
    made = [next(derived_tokens(purpose, which)) for purpose, which in (("a", name), ("b", name), ("a", name + "0"))]

    assert next(derived_tokens("a", name)) == made[0]
    assert len(set(made)) == 3


def test_a_secret_has_256_bits_and_fits_into_an_address():
    token = next(derived_tokens("a", "b"))

    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()
    assert len(digest(token)) == 64


def test_after_a_change_of_key_the_old_secret_is_still_known(settings):
    old = next(derived_tokens("a", "b"))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-altogether-0123456789-0123456789-0123456789"

    new, known = derived_tokens("a", "b")

    assert known == old
    assert new != old


def test_similar_names_have_nothing_in_common():
    tokens = [next(derived_tokens("a", str(number))) for number in range(50)]

    assert all(sum(x == y for x, y in zip(one, other, strict=True)) < 12 for one, other in pairwise(tokens))
