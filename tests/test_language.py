"""A text in another language than English is named."""

import pytest

from claimcheck.language import language_warning

FRENCH = (
    "Le thé vert est une boisson très ancienne qui vient de Chine. Les médecins disent depuis "
    "longtemps qu'il est bon pour la santé, mais personne ne sait encore pourquoi ni comment."
)


def test_another_language_is_named():
    assert "'fr'" in (language_warning(FRENCH) or "")


@pytest.mark.parametrize(
    "text", ["Kurz.", "The tea is good for the heart, and it is safe for most of us to drink.", ""]
)
def test_english_and_very_short_texts_get_no_warning(text):
    assert language_warning(text) is None
