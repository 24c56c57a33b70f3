"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

from fodfaeste.interfaces.web.caseworker import (
    conversation,
    conversation_mend,
    conversation_receipt,
    my_day,
    purpose,
    search,
    why,
)
from fodfaeste.interfaces.web.contact.urls import STAFF as CONTACT
from fodfaeste.interfaces.web.planning.urls import STAFF as PLAN

app_name = "caseworker"
urlpatterns: list[URLPattern | URLResolver] = [
    path("min-dag/", my_day.my_day, name="my-day"),
    path("borger/", search.search, name="citizen-search"),
    path("borger/<uuid:reference>/formaal/", purpose.give_purpose, name="purpose"),
    path("borger/<uuid:reference>/samtale/", conversation.register, name="conversation"),
    path("borger/<uuid:reference>/samtale/<int:event>/", conversation_receipt.receipt, name="conversation-receipt"),
    path("borger/<uuid:reference>/samtale/<int:event>/ret/", conversation_mend.mend, name="conversation-mend"),
    path("borger/<uuid:reference>/hvorfor/<str:norm>/", why.why, name="why"),
    path("", include("fodfaeste.interfaces.web.caseworker.citizen_urls")),
    path("", include("fodfaeste.interfaces.web.caseworker.course_urls")),
    path("", include("fodfaeste.interfaces.web.caseworker.herself_urls")),
    path("", include("fodfaeste.interfaces.web.caseworker.day_urls")),
    *PLAN,
    *CONTACT,
]
