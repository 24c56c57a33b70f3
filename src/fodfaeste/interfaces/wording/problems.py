"""What is wrong with an input, in the reader's language.

The rooms below say it in English. A sentence that is met at a door is known here by its pattern; one that is
not (the law's own files are written in English words) stands as it is.
"""

from __future__ import annotations

import re
from functools import cache

from fodfaeste.foundation import Problem
from fodfaeste.interfaces.wording.language import Language

_ANY = r"(.+?)"

_DANISH: tuple[tuple[str, str], ...] = (
    # what is wrong with a case
    ("a case is a mapping", "en sag skrives i krøllede parenteser"),
    ("'~' is not a format this program reads", "'{}' er ikke et format, programmet læser"),
    ("the id looks like a person number", "id'et ligner et personnummer"),
    ("there is no .json file here", "her er ingen .json-fil"),
    ("'~' is already the id of a case in ~", "'{}' er allerede id for en sag i {}"),
    ("this is not JSON: ~", "filen kan ikke læses som JSON ({})"),
    ("the file cannot be read: ~", "filen kan ikke læses ({})"),
    ("'~' is written twice in the same place", "'{}' står to gange samme sted"),
    ("the format is missing or another", "formatet mangler eller er et andet"),
    ("'~' has no meaning here", "'{}' betyder ikke noget her"),
    ("~ is not a text", "{} er ikke en tekst"),
    ("unobserved is not a list", "unobserved er ikke en liste"),
    ("'~' is not a kind of event or spell", "'{}' er ikke en slags hændelse eller periode"),
    ("'~' is not a kind of event", "'{}' er ikke en slags hændelse"),
    ("'~' is not a kind of spell", "'{}' er ikke en slags periode"),
    ("~ is not a list", "{} er ikke en liste"),
    ("an entry of ~ is a mapping", "en linje i {} skrives i krøllede parenteser"),
    ("'~' is missing", "'{}' mangler"),
    ("'~' is not a field", "'{}' er ikke et felt"),
    ("to (~) is before from (~)", "to ({}) ligger før from ({})"),
    ("'~' is not true or false", "'{}' er hverken true eller false"),
    ("~ is not true or false", "{} er hverken true eller false"),
    ("~ is not a date", "{} er ikke en dato"),
    ("~ is not a whole number", "{} er ikke et helt tal"),
    ("~ is not a number with at most two decimals", "{} er ikke et tal med højst to decimaler"),
    ("~ is not a number", "{} er ikke et tal"),
    ("'~' is not a value of ~", "'{}' er ikke en værdi af {}"),
    ("~ is outside what is possible", "{} ligger uden for det mulige"),
    ("the id '~' is already used by ~", "id'et '{}' er allerede brugt af {}"),
    ("there is no line with the id '~' here", "her er ingen linje med id'et '{}'"),
    ("'~' is already corrected by ~", "'{}' er allerede rettet af {}"),
    ("the line corrects itself", "linjen retter sig selv"),
    ("the line corrects ~, recorded ~, but says not when it was itself recorded",
     "linjen retter {}, noteret {}, men siger ikke, hvornår den selv er noteret"),
    ("the line was recorded before ~, which it corrects (~)", "linjen er noteret før {}, som den retter ({})"),
    ("~ and ~ give '~' two values for the same days", "{} og {} giver '{}' to værdier for de samme dage"),
    # what is wrong with a row of an extract
    ("~ is not a day and a time", "{} er ikke en dag og et klokkeslæt"),
    ("write year-month-day hour:minute", "skriv år-måned-dag time:minut"),
    ("write year-month-day or day-month-year", "skriv år-måned-dag eller dag-måned-år"),
    ("~ is not a week", "{} er ikke en uge"),
    ("write year and week, as ~", "skriv år og uge, som {}"),
    ("~ is not yes or no", "{} er hverken ja eller nej"),
    ("write ja or nej", "skriv ja eller nej"),
    ("write digits only", "skriv kun cifre"),
    ("~ is not an amount", "{} er ikke et beløb"),
    ("write kroner with a decimal comma", "skriv kroner med decimalkomma"),
    ("~ has more than two decimals", "{} har mere end to decimaler"),
    ("round it to whole øre", "afrund det til hele øre"),
    ("~ is not a way to meet", "{} er ikke en måde at mødes på"),
    ("~ is not goal or situation", "{} er hverken mål eller situation"),
    ("~ is not borger or kommune", "{} er hverken borger eller kommune"),
    ("there is no such folder", "mappen findes ikke"),
    ("give a folder that exists", "angiv en mappe, der findes"),
    ("there is no CSV, Parquet or XLSX file here", "her er ingen CSV-, Parquet- eller XLSX-fil"),
    ("put extracts here, as described in ~", "læg udtræk her, som beskrevet i {}"),
    ("save it again from the program that made it, with column names in the first row",
     "gem den igen fra det program, der lavede den, med kolonnenavne i første række"),
    ("it is empty", "den er tom"),
    ("a quotation mark is not closed", "et anførselstegn er ikke lukket"),
    ("close the quotation mark, or write it twice inside a text",
     "luk anførselstegnet, eller skriv det dobbelt inde i en tekst"),
    ("the name is not that of a table", "navnet er ikke en tabels"),
    ("the column '~' is missing (there are ~)", "kolonnen '{}' mangler (her er {})"),
    ("another import is running", "en anden indlæsning er i gang"),
    ("wait until it has ended", "vent, til den er færdig"),
    # how to mend a case
    ("did you mean '~'?", "mente du '{}'?"),
    ("choose one of ~", "vælg en af {}"),
    ("write kind: one of ~", "skriv kind: en af {}"),
    ("move it to ~", "flyt den til {}"),
    ("write year-month-day, as ~", "skriv år-måned-dag, som {}"),
    ("write ~ as year-month-day, as ~", "skriv {} som år-måned-dag, som {}"),
    ("write a value from ~ to ~", "skriv en værdi fra {} til {}"),
    ("write true or false, or null when unknown", "skriv true eller false, eller null når det er uvist"),
    ("write it without quotes and decimals, as ~", "skriv det uden anførselstegn og decimaler, som {}"),
    ("write a number with a point and at most two decimals, as ~",
     "skriv et tal med punktum og højst to decimaler, som {}"),
    ("swap the two, or correct one; leave out to while it is open",
     "byt om på de to, eller ret den ene; udelad to, mens perioden er åben"),
    ("write it in quotes, or leave it out", "skriv det i anførselstegn, eller udelad det"),
    ("write a list of kinds, as ~", "skriv en liste af slags, som {}"),
    ("write ~ as a list: ~", "skriv {} som en liste: {}"),
    ("write it in braces: {…}", "skriv den i krøllede parenteser"),
    ("write ~; an unknown value is null", "skriv {}; en uvis værdi er null"),
    ("write true, or leave it out", "skriv true, eller udelad det"),
    ("write an id that names nobody", "skriv et id, der ikke nævner nogen"),
    ("use an id that names nobody", "brug et id, der ikke nævner nogen"),
    ("give it another id", "giv den et andet id"),
    ("give another folder", "angiv en anden mappe"),
    ("give a UTF-8 file", "gem filen som UTF-8"),
    ("keep one of the two", "behold den ene"),
    ("look for a missing comma, quote or bracket on this line or the one before",
     "se efter et manglende komma, anførselstegn eller en parentes på linjen eller den før"),
    ("let the later of the two correct the earlier (give ~ an id)",
     "lad den seneste rette den tidligste (giv {} et id)"),
    ("name the line it stands in place of", "nævn den linje, den træder i stedet for"),
    ("write recorded, on or after ~", "skriv recorded, tidligst {}"),
    ("write ~ or later, or correct the other line", "skriv {} eller senere, eller ret den anden linje"),
    ("write from and to so that they do not meet, or recorded on the one that counts",
     "skriv from og to, så de ikke mødes, eller recorded på den, der gælder"),
    ("leave it out, for there is nothing to choose from", "udelad det, for der er intet at vælge imellem"),
    # what is wrong with a question
    ("there is no regime '~'; did you mean '~'?", "der er intet regelregime '{}'; mente du '{}'?"),
    ("there is no regime '~'; use a name that the vocabulary or a norm defines",
     "der er intet regelregime '{}'; se dem med fodfaeste regime list"),
    ("the regime '~' runs from ~ to ~, not on ~; choose a day inside",
     "regelregimet '{}' løber fra {} til {}, ikke den {}; vælg en dag i perioden"),
    ("the regime '~' does not cover ~; it covers ~", "regelregimet '{}' gælder ikke {}; det gælder {}"),
    ("'~' is no municipality; did you mean '~'?", "'{}' er ingen kommune; mente du '{}'?"),
    ("'~' is no municipality; use a municipality's name, slug or code",
     "'{}' er ingen kommune; brug kommunens navn, korte navn eller nummer"),
    ("use a name that the vocabulary or a norm defines", "find navnet med fodfaeste law search"),
    # what speaks against a receipt
    ("the receipt was altered after it was made; ask for the original",
     "kvitteringen er ændret, efter den blev lavet; bed om den oprindelige"),
    ("~ (~) reads otherwise in this rulebook; resolve the law of ~",
     "{} ({}) lyder anderledes i denne lov; slå loven op, som den var den {}"),
    # what is wrong with a command line
    ("Missing argument '~'.", "Angiv {}."),
    ("Missing option '~'.", "Angiv {}."),
    ("Missing command.", "Skriv en kommando."),
    ("No such command '~'.", "Der er ingen kommando '{}'."),
    ("No such command '~'. Did you mean ~?", "Der er ingen kommando '{}'. Mente du {}?"),
    ("No such option: ~ (Possible options: ~)", "Der er intet valg {}. Mente du {}?"),
    ("No such option: ~ Did you mean ~?", "Der er intet valg {}. Mente du {}?"),
    ("No such option: ~", "Der er intet valg {}."),
    ("Option '~' requires an argument.", "Valget {} skal have en værdi."),
    ("Got unexpected extra argument (~)", "Der er skrevet for meget: {}."),
    ("Got unexpected extra arguments (~)", "Der er skrevet for meget: {}."),
    ("Got unexpected extra argument(s) (~)", "Der er skrevet for meget: {}."),
    ("Input should be greater than or equal to ~", "værdien skal være mindst {}"),
    ("Input should be less than or equal to ~", "værdien skal være højst {}"),
    ("Input should be a valid integer, unable to parse string as an integer", "værdien skal være et helt tal"),
    ("Invalid value for '~': ~", "{} kan ikke bruges: {}"),
    ("Invalid value for ~: ~", "{} kan ikke bruges: {}"),
    # what is wrong with a scenario or a nation
    ("'~' is missing", "'{}' mangler"),
    ("say what the change is for", "skriv, hvad ændringen er til for"),
    ("say what is saved, or write saving: none claimed", "skriv, hvad der spares, eller saving: none claimed"),
    ("leave it out, or correct the name", "udelad det, eller ret navnet"),
    ("~ does not fit here", "{} passer ikke her"),
    ("write for example 5 years or 60 weeks", "skriv for eksempel 5 years eller 60 weeks"),
    ("use small letters, digits and hyphens", "brug små bogstaver, tal og bindestreger"),
    ("'~' is no state people leave", "'{}' er ingen tilstand, man forlader"),
    ("~ does not lie from ~ to ~", "{} ligger ikke mellem {} og {}"),
    ("write the lower end first, and a value between the two", "skriv den lave ende først, og en værdi mellem de to"),
    ("see docs/guide/scenarios.md", "se docs/guide/scenarios.md"),
    ("something stands there already", "der står allerede noget"),
    ("add --replace", "tilføj --replace"),
    ("name a folder that is not there yet", "nævn en mappe, der ikke er der endnu"),
    ("no nation stands there", "der står ingen nation"),
    ("make one with fodfaeste nation build", "lav en med fodfaeste nation build"),
    ("it was made of other states", "den er lavet af andre tilstande"),
    ("build it again with fodfaeste nation build --replace", "byg den igen med fodfaeste nation build --replace"),
    ("a nation in a folder has the number it has", "en nation i en mappe har det antal, den har"),
    ("leave one of them out", "udelad den ene"),
    ("'~' is no engine", "'{}' er ingen motor"),
    ("Dask is not installed here", "Dask er ikke installeret her"),
    ("install it with pip install fodfaeste[cluster], or use --engine processes",
     "installér den med pip install fodfaeste[cluster], eller brug --engine processes"),
    ("no scheduler answers at ~", "ingen planlægger svarer på {}"),
    ("start it with dask scheduler, or leave --scheduler out",
     "start den med dask scheduler, eller udelad --scheduler"),
    # what is wrong with files
    ("there is no law here", "her er ingen lov"),
    ("name a folder that holds vocabulary/, or one that holds law/", "nævn en mappe med vocabulary/ eller law/ i"),
    ("no law was found", "der blev ikke fundet nogen lov"),
    ("name the law folder with --law, or in ~", "nævn lovens mappe med --law eller i {}"),
    ("there is no such file", "der er ingen sådan fil"),
    ("check the name of the file", "se efter, om filens navn er rigtigt"),
    # what is wrong with tables of cases
    ("there is no table of cases here", "her er ingen tabel med sager"),
    ("name a folder with people.csv or people.parquet, or the start of the file names",
     "nævn en mappe med people.csv eller people.parquet, eller det filnavnene begynder med"),
    ("the column '~' is missing", "kolonnen '{}' mangler"),
    ("add a column named ~", "tilføj en kolonne, der hedder {}"),
    ("the column '~' stands twice", "kolonnen '{}' står to gange"),
    ("the column '~' has no meaning here", "kolonnen '{}' betyder ikke noget her"),
    ("the case '~' is not in the table of people", "sagen '{}' står ikke i tabellen over personer"),
    ("the case '~' stands twice, first in row ~", "sagen '{}' står to gange, første gang i række {}"),
    ("correct the id, or add a row to ~", "ret id'et, eller tilføj en række i {}"),
    ("~ has no attribute '~'", "{} har ingen egenskab '{}'"),
    ("'~' can be read in two ways", "'{}' kan læses på to måder"),
    ("write ~, or with a decimal comma", "skriv {}, eller brug komma før decimaler"),
    ("leave the cell empty", "lad feltet stå tomt"),
    ("the file is not UTF-8", "filen er ikke UTF-8"),
    ("save it as CSV UTF-8", "gem den som CSV UTF-8"),
    ("the table is empty", "tabellen er tom"),
    ("add a line of column names", "tilføj en linje med kolonnenavne"),
    ("save it again from the program that made it", "gem den igen fra det program, der lavede den"),
    ("save it with column names in the first line and as many fields in every line",
     "gem den med kolonnenavne i første linje og lige mange felter i hver linje"),
)  # fmt: skip


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(re.escape(english).replace("\\~", _ANY)), danish) for english, danish in _DANISH]


def reworded(text: str, lang: Language) -> str:
    """A sentence about an input in the language; as it is when its pattern is not known."""
    if lang == "en":
        return text
    for pattern, danish in _patterns():
        match = pattern.fullmatch(text)
        if match:
            return danish.format(*(reworded(part, lang) for part in match.groups()))
    return text


def problem_text(problem: Problem, lang: Language) -> str:
    """``file:row: where: what — how to mend it`` in the language."""
    told = Problem(
        problem.file, problem.line, problem.where, reworded(problem.message, lang), reworded(problem.mend, lang)
    )
    return str(told)
