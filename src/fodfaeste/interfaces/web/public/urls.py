"""Addresses of what anyone may read: the law."""

from django.urls import path

from fodfaeste.interfaces.web.public import acts, fields, regimes, search, sections

app_name = "public"
urlpatterns = [
    path("felter/", fields.fields, name="fields"),
    path("loven/", acts.law_front, name="law"),
    path("loven/soeg/", search.law_search, name="law-search"),
    path("loven/satser/", acts.rates, name="law-rates"),
    path("loven/ordninger/", regimes.regime_list, name="law-regimes"),
    path("loven/ordninger/<slug:regime>/", regimes.regime_page, name="law-regime"),
    path("loven/norm/<str:norm>/", sections.norm_page, name="law-norm"),
    path("loven/<slug:act>/", acts.act_page, name="law-act"),
    path("loven/<slug:act>/<str:section>/", sections.section_page, name="law-section"),
]
