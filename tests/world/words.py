"""The words by which a secret is known wherever it turns up."""


def word(secret: str) -> str:
    """The distinctive word that stands in a secret, from what the secret is."""
    return "canary-" + "-".join(secret.replace(",", "").split())
