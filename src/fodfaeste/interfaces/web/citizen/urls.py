"""Addresses of the citizen's own pages. Others' parts come as one line each below."""

from django.urls import URLPattern, URLResolver, path

from fodfaeste.interfaces.web import receipts
from fodfaeste.interfaces.web.citizen import facts, goal, home, letters, looks, notes, objecting, offers, rights
from fodfaeste.interfaces.web.contact.urls import CITIZEN as CONTACT
from fodfaeste.interfaces.web.planning.urls import CITIZEN as PLAN

app_name = "citizen"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mit/", home.home, name="home"),
    path("mit/maal/", goal.words, name="words"),
    path("mit/oplysninger/", facts.facts, name="facts"),
    path("mit/oplysninger/<str:about>/<int:line>/forkert/", objecting.object_to_line, name="object"),
    path("mit/rettigheder/", rights.rights, name="rights"),
    path("mit/rettigheder/<str:norm>/", rights.why, name="why"),
    path("mit/breve/", letters.letters, name="letters"),
    path("mit/kvitteringer/", receipts.for_citizen, name="receipts"),
    path("mit/tilbud/", offers.offers, name="offers"),
    path("mit/hvem-har-set/", looks.looks, name="looks"),
    path("mit/noter/", notes.notes, name="notes"),
    *PLAN,
    *CONTACT,
]
