"""The thirteen steps of one case, each as a caseworker does it from the citizen's page until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.browser.motions.hand import Hand

Script = Callable[[Hand, date], None]
REGISTER, SAVE = "Registrér i sagen", "Gem"
PROPOSED = "Besøge dyreparken og høre om vagterne"


def _open(hand: Hand, step: str) -> None:
    hand.click(REGISTER)
    hand.click(step)


def first_contact(hand: Hand, today: date) -> None:
    _open(hand, "Første kontakt og tilmelding")
    hand.enter("first", (today - timedelta(days=40)).isoformat())
    hand.choose("begynder-0-type", "kontanthjaelp")
    hand.choose("begynder-1-gruppe", "kh-jobparat")
    hand.check("Tilmelding som arbejdssøgende")
    hand.click(SAVE)


def conversation(hand: Hand, today: date) -> None:
    _open(hand, "Samtale")
    hand.check("Telefon")
    hand.enter("note", "Vil helst arbejde med dyr. Kan begynde med det samme.")
    hand.enter("next_day", (today + timedelta(days=28)).isoformat())
    hand.enter("next_time", "10:30")
    hand.click("Gem samtalen")


def shift(hand: Hand, today: date) -> None:
    hand.click("Skift ydelse eller målgruppe")
    hand.choose("benefit", "sygedagpenge")
    hand.choose("group", "syg")
    hand.check("Første fraværsdag")
    hand.click("Vis, hvad der sker med fristerne")
    hand.click("Gem skiftet")


def plan(hand: Hand, today: date) -> None:
    hand.click("Planen")
    hand.click(hand.page.locator("#nyt-skridt summary"))
    hand.enter("skridt-text", PROPOSED, inside="#nyt-skridt")
    hand.check("Borgeren", inside="#nyt-skridt")
    hand.click("Foreslå skridtet")


def municipal_offer(hand: Hand, today: date) -> None:
    _open(hand, "Kommunalt tilbud")
    hand.choose("felt-type", "oevo")
    hand.enter("last", (today + timedelta(days=27)).isoformat())
    hand.check("Tilbud givet")
    hand.click(SAVE)


def placement(hand: Hand, today: date) -> None:
    _open(hand, "Virksomhedspraktik")
    hand.enter("last", (today + timedelta(days=27)).isoformat())
    hand.choose("felt-sektor", "privat")
    hand.check("Tilbud givet")
    hand.check("Aftale om praktik indgået")
    hand.choose("svar-praktik_egen_arbejdsplads", "nej")
    hand.choose("svar-loentimer_samme_virksomhed", "nej")
    hand.choose("svar-erklaering_arbejdsgiver", "ja")
    hand.choose("svar-erklaering_tillidsrepraesentant", "ja")
    hand.enter("svar-praktik_ugetimer", "25")
    hand.enter("svar-virksomhedens_ugetimer", "37")
    hand.click(SAVE)


def wage_subsidy(hand: Hand, today: date) -> None:
    _open(hand, "Løntilskud")
    hand.enter("last", (today + timedelta(days=120)).isoformat())
    hand.choose("felt-sektor", "privat")
    hand.check("Tilbud givet")
    hand.enter("svar-ordinaert_ansatte", "24")
    hand.enter("svar-stoettede_ansatte", "1")
    hand.choose("svar-droeftet_medarbejderrepraesentant", "ja")
    hand.choose("svar-nettoudvidelse", "ja")
    hand.choose("svar-loentilskud_loen_i_orden", "ja")
    hand.click(SAVE)


def sickness_follow_up(hand: Hand, today: date) -> None:
    _open(hand, "Sygeopfølgning")
    hand.choose("felt-form", "telefon")
    hand.enter("svar-forventet_rask", (today + timedelta(days=60)).isoformat())
    hand.click(SAVE)


def certificate(hand: Hand, today: date) -> None:
    _open(hand, "Lægeattest: anmodning")
    hand.choose("felt-type", "le285")
    hand.enter("felt-svarfrist", (today + timedelta(days=14)).isoformat())
    hand.click(SAVE)


def joint_description(hand: Hand, today: date) -> None:
    _open(hand, "Samlet beskrivelse")
    hand.enter("note", "Beskrevet sammen med borgeren og sundhedskoordinatoren.")
    hand.click(SAVE)


def fleksjob(hand: Hand, today: date) -> None:
    _open(hand, "Fleksjob")
    hand.choose("felt-varighed", "midlertidigt")
    hand.enter("svar-antal_tidligere_fleksjob", "0")
    hand.click(SAVE)


def absence(hand: Hand, today: date) -> None:
    _open(hand, "Lovligt fravær")
    hand.enter("last", (today + timedelta(days=6)).isoformat())
    hand.click(SAVE)


def decision(hand: Hand, today: date) -> None:
    _open(hand, "Afgørelse")
    hand.choose("felt-type", "sanktion")
    hand.check("Afslag eller indgreb")
    hand.check("Partshøring foretaget")
    hand.click(SAVE)


STEPS: tuple[tuple[str, Script], ...] = (
    ("First contact and registration", first_contact),
    ("Conversation", conversation),
    ("Benefit or target-group change", shift),
    ("Plan", plan),
    ("Municipal offer", municipal_offer),
    ("Company placement", placement),
    ("Wage subsidy", wage_subsidy),
    ("Sickness follow-up", sickness_follow_up),
    ("Medical certificate", certificate),
    ("Joint description", joint_description),
    ("Fleksjob", fleksjob),
    ("Exemption or absence", absence),
    ("Decision with refusal or sanction", decision),
)
"""In the order of a course."""
