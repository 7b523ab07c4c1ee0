"""Passwords made of what everybody here would think of."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "prevention-platform",
        "Platform2026!!",
        "NeverAgain1994",
        "secretariat12345",
        "SteeringCommittee1",
        "demo-portal-2026",
    ],
)
def test_the_platforms_own_words_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert "password_of_context_words" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", ["password1234", "123456789012", "qwertyuiop123", "short1"])
def test_what_is_common_or_short_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", ["the heron crossed a platform slowly", "vGt7-kLm2-9xQw-4pZr"])
def test_others_are_taken(password):
    validate_password(password)
