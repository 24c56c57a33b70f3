"""Addresses."""

from django.urls import URLPattern, path

from fodfaeste.interfaces.web.contact.urls import LEADER as CONTACT
from fodfaeste.interfaces.web.leader import changes, clarification, kommune, needs, partners, promises, refusion

app_name = "leader"
urlpatterns: list[URLPattern] = [
    path("aendringer/", changes.changes, name="changes"),
    path("aendringer/liste.<str:form>", changes.changes_file, name="changes-file"),
    path("kommunen/", kommune.kommune, name="kommune"),
    path("kommunen/regel/<str:norm>/", kommune.norm_cases, name="norm-cases"),
    path("kommunen/loefter/", promises.promises, name="promises"),
    path("kommunen/samarbejdspartnere/", partners.partners, name="partners"),
    path("kommunen/behov/", needs.needs, name="needs"),
    path("kommunen/behov/<slug:area>/", needs.needs_of_area, name="needs-of-area"),
    path("kommunen/tid/", needs.spent, name="spent"),
    path("kommunen/refusion/", refusion.refusion, name="refusion"),
    path("kommunen/refusion/<slug:part>/", refusion.refusion, name="refusion-part"),
    path("kommunen/refusion/<slug:part>/liste.<str:form>", refusion.refusion_file, name="refusion-file"),
    path("kommunen/afklaring/", clarification.clarification, name="clarification"),
    *CONTACT,
]
