"""Addresses."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.leader import kommune

app_name = "leader"
urlpatterns: list[URLPattern] = [
    path("kommunen/", kommune.kommune, name="kommune"),
    path("kommunen/regel/<str:norm>/", kommune.norm_cases, name="norm-cases"),
]
