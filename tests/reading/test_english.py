from __future__ import annotations

import pytest

from kg.reading.english import language_of


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of the town said on Friday that the audit was over and that no money had been lost by it at all.",
        "Mayor to resign",
        "She said it was over. " * 2000,
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34",
        "Der Bürgermeister der Stadt sagte am Freitag, dass die Prüfung vorbei war und kein Geld fehlte, so hieß es.",
        "Le maire de la ville a dit vendredi que la vérification était finie et que rien ne manquait dans les comptes.",
        "El alcalde de la ciudad dijo el viernes que la auditoría había terminado y que no faltaba dinero en la caja.",
        "De burgemeester van de stad zei op vrijdag dat het onderzoek voorbij is en dat er geen geld was verdwenen.",
        "Мэр города сообщил, что проверка завершена.",
    ],
)
def test_not_english(text: str) -> None:
    assert language_of(text) == "und"
