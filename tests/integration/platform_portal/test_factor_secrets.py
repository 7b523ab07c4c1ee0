"""The secrets of second factors: readable with the server's key alone, and found out when they are tampered with."""

import pytest
from cryptography.fernet import InvalidToken

from platform_portal.accounts import FactorAdapter


def test_a_secret_is_read_back_with_an_old_key_and_not_without(settings):
    kept = FactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key" * 8, [settings.SECRET_KEY]
    assert FactorAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(kept)


def test_no_letter_of_it_can_be_changed():
    kept = FactorAdapter().encrypt("JBSWY3DPEHPK3PXP")

    for place in range(len(kept.rstrip("="))):
        other = "A" if kept[place] != "A" else "Q"  # of the last letter, only the first bits count
        with pytest.raises(InvalidToken):
            FactorAdapter().decrypt(kept[:place] + other + kept[place + 1 :])
