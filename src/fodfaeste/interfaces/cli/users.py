"""``fodfaeste user``: who may sign in with a password of her own; needless where the municipality signs people in."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.imports import kommune_named
from fodfaeste.interfaces.cli.site import migrate, open_site

user_app = group("user", "Brugere med egen adgangskode.", "Users with a password of their own.")

UsernameArgument = Annotated[
    str, typer.Argument(metavar=both("BRUGERNAVN", "USERNAME"), help=both("Brugernavnet.", "The user name."))
]
NameOption = Annotated[
    str, typer.Option("--name", metavar=both("NAVN", "NAME"), help=both("Fulde navn.", "The full name."))
]
RoleOption = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="caseworker|leader|jurist|partner",
        help=both("Sagsbehandler, leder, jurist eller samarbejdspartner.", "Caseworker, leader, jurist or partner."),
    ),
]
JobOption = Annotated[
    str,
    typer.Option(
        "--job",
        metavar="sagsbehandler|beskaeftigelse|virksomhed",
        help=both("Hvad en sagsbehandlers dag begynder med.", "What a caseworker's day begins with."),
    ),
]
KommuneOption = Annotated[
    str,
    typer.Option(
        "--kommune",
        metavar=both("NAVN|KODE", "NAME|CODE"),
        help=both("Kommunen, hvis sager brugeren ser.", "The municipality whose cases the user sees."),
    ),
]
OrganisationOption = Annotated[
    str,
    typer.Option(
        "--organisation",
        metavar=both("NAVN", "NAME"),
        help=both("Hvor en samarbejdspartner kommer fra.", "Where a partner comes from."),
    ),
]


@command(
    user_app,
    "add",
    "Lav en bruger. Adgangskoden vises én gang.",
    "Make a user. The password is shown once.",
)
def user_add(
    desk: Desk,
    username: UsernameArgument,
    name: NameOption,
    role: RoleOption,
    kommune: KommuneOption,
    job: JobOption = "",
    organisation: OrganisationOption = "",
) -> None:
    """Make a user with a password that nobody else has. A citizen is made with her case, not here."""
    open_site(desk)
    migrate(desk)
    from fodfaeste.casework.access.models import Job, Role, User

    made_here = [value for value in Role.values if value != Role.CITIZEN]
    if role not in made_here:
        known = ", ".join(made_here)
        raise desk.refuse(f"'{role}' er ikke en rolle; vælg {known}.", f"'{role}' is no role; choose {known}.")
    if job and job not in Job.values:
        known = ", ".join(Job.values)
        raise desk.refuse(f"'{job}' er ikke et job her; vælg {known}.", f"'{job}' is no job here; choose {known}.")
    if User.objects.filter(username=username).exists():
        raise desk.refuse(
            f"Brugeren '{username}' findes; vælg et andet brugernavn.",
            f"The user '{username}' exists; choose another user name.",
        )
    first, _, last = name.strip().rpartition(" ")
    password = secrets.token_urlsafe(12)
    place = kommune_named(desk, kommune)
    User.objects.create_user(
        username, password=password, first_name=first or last, last_name=last if first else "", role=role,
        kommune=place, job=job, organisation=organisation,
    )  # fmt: skip
    data = {"username": username, "role": role, "kommune": place.name, "password": password}
    said = desk.pick(
        f"{username} kan logge ind med adgangskoden {password}", f"{username} can sign in with the password {password}"
    )
    desk.show(data, lambda: print(said))
