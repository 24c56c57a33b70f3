"""Addresses."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.leader import changes, kommune

app_name = "leader"
urlpatterns: list[URLPattern] = [
    path("aendringer/", changes.changes, name="changes"),
    path("aendringer/liste.<str:form>", changes.changes_file, name="changes-file"),
    path("kommunen/", kommune.kommune, name="kommune"),
    path("kommunen/regel/<str:norm>/", kommune.norm_cases, name="norm-cases"),
]
