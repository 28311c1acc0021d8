"""The daily loops, whole, in a real browser: from the sign-in to where the user would look."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def search_by_name(referent: Page, name: str) -> None:
    """Enter in the box of the list: the name stays out of the address, and in the box."""
    referent.goto("/participants")
    referent.get_by_label("Nom ou prénom").fill(name)
    referent.get_by_label("Nom ou prénom").press("Enter")
    referent.wait_for_url(re.compile(r"/participants\?q=[0-9a-z]{10}$"))
    expect(referent.get_by_label("Nom ou prénom")).to_have_value(name)


def test_a_firm_declares_on_a_phone_the_facilitator_accepts_and_the_parcours_gains_the_hours(
    sign_in: Open,
) -> None:
    """Sylvie Dufour cleans lot 1 since February, and is in the PLIE since 10 April: no step before.

    April, 52 h, is cut to its weekdays from the 10th, less Easter Monday: 5200 × 15 ÷ 21 = 37,14 h. With
    May's 52 h and June's 7 h 30, the step holds 96,64 h.
    """
    firm = sign_in("proprete", width=390, height=800)
    firm.goto("/mes-declarations/mois?mois=2026-06")
    firm.get_by_label("Travail, Dufour Sylvie, juin 2026").fill("7h5")
    firm.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(firm.get_by_role("alert")).to_be_visible()
    expect(firm.get_by_label("Travail, Dufour Sylvie, juin 2026")).to_have_value("7h5")
    firm.get_by_label("Travail, Dufour Sylvie, juin 2026").fill("7h30")
    firm.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(firm.get_by_role("heading", level=1)).to_contain_text("Vérifier avant d’envoyer")
    expect(firm.get_by_role("main")).to_contain_text(re.compile(r"7,50\sh"))
    firm.get_by_role("button", name="Envoyer la déclaration").click()
    firm.wait_for_url("**/mes-declarations/recu/**")
    expect(firm.get_by_role("main")).to_contain_text(re.compile(r"7,50\sh"))

    facilitator = sign_in("facilitatrice")
    facilitator.goto("/controle")
    row = facilitator.get_by_role("row").filter(has_text="juin 2026").filter(has_text="Clarté Propreté")
    row.get_by_role("link").first.click()
    facilitator.get_by_role("button", name=re.compile(r"^Accepter 7,50")).click()
    expect(facilitator.get_by_role("status")).to_be_visible()

    referent = sign_in("referente")
    search_by_name(referent, "dufour")
    referent.get_by_role("link", name=re.compile("Dufour")).first.click()
    expect(referent.get_by_role("main")).to_contain_text(re.compile(r"96,64\sh"))


def test_the_liaison_proposes_the_referent_agrees_and_the_answer_is_recorded(sign_in: Open) -> None:
    liaison = sign_in("liaison")
    liaison.goto("/offres")
    liaison.get_by_role("link", name="Opérateur·rice de ligne, carton").click()
    liaison.get_by_role("link", name=re.compile("[Cc]andidats")).first.click()
    expect(liaison.get_by_role("heading", level=1)).to_contain_text("Candidats suggérés")
    box = liaison.locator("input[name=personne]").first
    person = box.get_attribute("value")
    # Nothing stands over the list until somebody is ticked.
    propose = liaison.get_by_role("button", name="Proposer les personnes cochées")
    expect(propose).to_be_hidden()
    box.check()
    propose.click()
    expect(liaison.get_by_role("status")).to_be_visible()

    for login in ("referente", "referent"):
        referent = sign_in(login)
        referent.goto("/propositions")
        waiting = referent.get_by_role("row").filter(has_text="Opérateur·rice de ligne, carton")
        waiting = waiting.filter(has_text=re.compile("accord", re.I))
        if waiting.count():
            waiting.first.get_by_role("link").first.click()
            referent.get_by_label("Prénom et nom").check()
            referent.get_by_role("button", name="Donner mon accord").click()
            expect(referent.get_by_role("status")).to_be_visible()
            break
    else:
        pytest.fail(f"no référent was asked about {person}")

    liaison.goto("/propositions")
    mine = liaison.get_by_role("row").filter(has_text="Opérateur·rice de ligne, carton").first
    mine.get_by_role("link").first.click()
    liaison.get_by_role("button", name=re.compile("[Pp]résent")).first.click()
    expect(liaison.get_by_role("status")).to_be_visible()


def test_a_referent_reads_suggestions_and_notes_an_interview_without_javascript(sign_in: Open) -> None:
    referent = sign_in("referente", scripts=False)
    search_by_name(referent, "delattre")
    referent.get_by_role("link", name=re.compile("Delattre")).first.click()
    file = referent.url
    expect(referent.get_by_role("heading", level=1)).to_contain_text("Delattre")
    referent.get_by_role("link", name=re.compile("[Ss]uggestions")).first.click()
    # In the holidays her crèche opens at 8 h 00. The post begins at 7 h 30, 8 minutes by bike and 5 to drop
    # off: 7 h 17 is needed, 43 minutes are missing.
    # The first near-misses are shown, this one is among the rest.
    referent.locator("section", has_text="Presque").get_by_text("Voir la suite").click()
    post = referent.get_by_role("article", name="Agent·e d’entretien de bureaux, tôt le matin")
    expect(post).to_contain_text(re.compile(r"il manque 43\smin le matin"))
    expect(post).to_contain_text(re.compile(r"qui ouvre à 8\sh\s00"))
    referent.goto(file)
    referent.get_by_label("Note partagée").fill("Visite de la crèche prévue pour élargir les horaires.")
    referent.get_by_role("button", name="Noter").click()
    expect(referent.get_by_role("main")).to_contain_text("Visite de la crèche prévue")


def test_the_liaison_is_never_told_why_the_hours_do_not_fit(sign_in: Open) -> None:
    liaison = sign_in("liaison")
    liaison.goto("/offres")
    liaison.get_by_role("link", name="Agent·e d’entretien de bureaux, tôt le matin").click()
    liaison.get_by_role("link", name=re.compile("[Cc]andidats")).first.click()
    main = liaison.get_by_role("main")
    expect(main).to_contain_text("Sandrine Delattre")
    for word in ("crèche", "Petits Pas", "garde", "enfant", "vacances"):
        expect(main).not_to_contain_text(word)


def test_a_file_too_large_is_told_beside_its_field_and_nothing_typed_is_lost(sign_in: Open) -> None:
    page = sign_in("facilitatrice")
    page.goto("/marches")
    page.goto(f"{page.locator('main table th a.ref').first.get_attribute('href')}/documents/nouveau")
    page.get_by_label("Intitulé").fill("CCAP signé")
    light = FilePayload(name="ccap.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4\n")
    heavy = FilePayload(
        name="ccap.pdf", mimeType="application/pdf", buffer=light["buffer"] + b"0" * 10_000_000
    )
    page.locator("input[type=file]").set_input_files(heavy)
    expect(page.get_by_role("alert")).to_contain_text("dépasse 10 Mo")
    page.get_by_role("button", name="Joindre").click()
    expect(page.get_by_label("Intitulé")).to_have_value("CCAP signé")
    page.locator("input[type=file]").set_input_files(light)
    expect(page.locator(".fault:visible")).to_have_count(0)


def test_the_keyboard_alone_signs_in_and_reaches_the_content(sign_in: Open, address: str) -> None:
    page = sign_in("liaison")
    page.goto("/offres")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("contenu")
