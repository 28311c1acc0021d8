"""Words that should not be shared: found with their endings, not inside innocent words."""

from service.parcours.sensitive import sensitive_words, warning_for


def test_words_of_health_and_justice_are_found_with_their_endings() -> None:
    note = "Hospitalisée en mai, suit une psychothérapie ; passe au tribunal, sous bracelet."
    assert sensitive_words(note) == ("hospitalisee", "psychotherapie", "tribunal", "bracelet")


def test_innocent_words_are_left_alone() -> None:
    assert sensitive_words("Dossier complet, tige filetée, traitement de texte, opération commerciale.") == ()


def test_a_plain_note_has_no_warning() -> None:
    assert warning_for("Refaire le CV, revoir les horaires.") == ""
    assert "note de travail" in warning_for("Mal au dos.")
