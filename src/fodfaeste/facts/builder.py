"""From fragments of YAML to one checked vocabulary, with every problem found on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fodfaeste.facts.fragments import Fragment, read_fragment
from fodfaeste.facts.scalars import RANGES, SCALARS, UnfitValueError, encode_scalar, suggest
from fodfaeste.facts.terms import EnumType, EventKind, Field, SpellKind, Vocabulary
from fodfaeste.foundation import Problem, ProblemError

SECTIONS = ("acts", "actors", "enums", "fields", "events", "spells", "attributes")
LANGUAGES = ("da", "en")
SENSITIVITIES = ("ordinary", "confidential", "sensitive")
KINDS = ("observed", "judged")
RESERVED = frozenset({"kind", "date", "from", "to", "id", "recorded", "void", "corrects", "start", "end"})
"""Words of the case format and of ``this.…``; an attribute may not take their name."""

_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # required, optional
    "acts": (("short", "name"), ("official",)),
    "fields": (("type", "kind", "label", "ask"), ("min", "max", "sensitivity")),
    "events": (("label",), ("attrs",)),
    "spells": (("label",), ("attrs",)),
}
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*")


class Builder:
    """Collects fragments; ``vocabulary()`` gives the whole or raises ProblemError with everything found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._found: dict[str, dict[str, tuple[Fragment, Any]]] = {section: {} for section in SECTIONS}

    def read(self, file: str, text: str) -> None:
        """Take in one fragment."""
        fragment = read_fragment(file, text)
        self.problems += fragment.problems
        content = fragment.content if fragment.content is not None else {}
        if not isinstance(content, dict):
            self.problems.append(
                Problem(file, 1, "file", "a fragment is a mapping", f"begin with one of {', '.join(SECTIONS)}")
            )
            return
        for section, entries in content.items():
            if section not in self._found:
                self._tell(fragment, (section,), f"'{section}' is not a section", suggest(section, SECTIONS))
            elif not isinstance(entries, dict):
                if entries is not None:
                    self._tell(fragment, (section,), "a section maps names to what they are", "write name: {…}")
            else:
                self._take(fragment, section, entries)

    def vocabulary(self) -> Vocabulary:
        """The whole vocabulary. Raises ProblemError with all problems of all fragments."""
        for section in ("events", "spells", "fields"):
            for name, (fragment, entry) in self._found[section].items():
                self._check_entry(fragment, section, name, entry)
        for section in ("enums", "acts", "actors", "attributes"):
            for name, (fragment, entry) in self._found[section].items():
                self._check_entry(fragment, section, name, entry)
        for name in self._found["events"].keys() & self._found["spells"].keys():
            self._tell(
                self._found["spells"][name][0],
                ("spells", name),
                f"'{name}' is both an event and a spell",
                "give one of them another name, because norms refer to both by name alone",
            )
        self._check_labelled_attributes()
        if self.problems:
            raise ProblemError(sorted(self.problems, key=lambda p: (p.file, p.line or 0)))
        return Vocabulary(
            acts={n: {"official": "", **e} for n, e in self._sorted("acts")},
            actors=dict(self._sorted("actors")),
            enums={n: EnumType(n, tuple(e), e) for n, e in self._sorted("enums")},
            fields={n: self._field(n, e, i) for i, (n, e) in enumerate(self._sorted("fields"))},
            events={n: EventKind(n, e["label"], e.get("attrs") or {}) for n, e in self._sorted("events")},
            spells={n: SpellKind(n, e["label"], e.get("attrs") or {}) for n, e in self._sorted("spells")},
            attributes=dict(self._sorted("attributes")),
        )

    def _sorted(self, section: str) -> list[tuple[str, Any]]:
        return [(name, entry) for name, (_, entry) in sorted(self._found[section].items())]

    def _tell(self, fragment: Fragment, path: tuple[Any, ...], message: str, mend: str) -> None:
        where = ".".join(str(step) for step in path)
        self.problems.append(Problem(fragment.file, fragment.line(*path), where, message, mend))

    def _take(self, fragment: Fragment, section: str, entries: dict[Any, Any]) -> None:
        snake = section in ("fields", "attributes")
        pattern = _SNAKE if snake else _SLUG
        for name, entry in entries.items():
            path = (section, name)
            if not isinstance(name, str) or not pattern.fullmatch(name):
                form = "lower-case a-z, digits and underscores" if snake else "a-z, digits and hyphens"
                self._tell(
                    fragment,
                    path,
                    f"'{name}' is not a name",
                    f"use {form}, in quotes if YAML reads it otherwise",
                )
            elif name in self._found[section]:
                first = self._found[section][name][0].file
                self._tell(fragment, path, f"'{name}' is already defined in {first}", "keep one of the two")
            else:
                self._found[section][name] = (fragment, entry)

    def _check_entry(self, fragment: Fragment, section: str, name: str, entry: Any) -> None:
        path = (section, name)
        if not isinstance(entry, dict) or not entry:
            self._tell(
                fragment,
                path,
                "this says nothing about the name",
                "write what it is, as {label: {da: …, en: …}}",
            )
            return
        if section in _KEYS:
            required, optional = _KEYS[section]
            for key in entry:
                if key not in required + optional:
                    self._tell(
                        fragment,
                        (*path, key),
                        f"'{key}' has no meaning here",
                        suggest(key, required + optional),
                    )
            for key in required:
                if key not in entry:
                    self._tell(fragment, path, f"'{key}' is missing", f"write {key}: …")
        self._check_labels(fragment, section, path, entry)
        if section == "enums" and name in RANGES:
            self._tell(fragment, path, f"'{name}' is a type already", "give the enum another name")
        if section in ("events", "spells"):
            self._check_attrs(fragment, path, entry.get("attrs"))
        if section == "fields":
            self._check_field(fragment, path, entry)

    def _check_labels(self, fragment: Fragment, section: str, path: tuple[str, ...], entry: dict[Any, Any]) -> None:
        """Danish first, English complete: every label has both."""
        texts: list[tuple[tuple[str, ...], Any]] = [
            ((*path, key), entry[key]) for key in ("label", "ask") if key in entry and section != "enums"
        ]
        if section in ("actors", "attributes"):
            texts.append((path, entry))
        if section == "enums":
            texts += [((*path, str(value)), label) for value, label in entry.items()]
            for value in entry:
                if not isinstance(value, str) or not _SLUG.fullmatch(value):
                    mend = "use a-z, digits and hyphens, in quotes if YAML reads it otherwise"
                    self._tell(fragment, (*path, str(value)), f"{value!r} is not a value", mend)
        for place, text in texts:
            good = isinstance(text, dict) and all(isinstance(text.get(lang), str) for lang in LANGUAGES)
            if not good:
                self._tell(fragment, place, "the text must be in both languages", "write {da: …, en: …}")

    def _check_attrs(self, fragment: Fragment, path: tuple[str, ...], attrs: Any) -> None:
        if attrs is None:
            return
        if not isinstance(attrs, dict):
            self._tell(
                fragment,
                (*path, "attrs"),
                "attrs maps names to types",
                "write attrs: {form: form, timer: hours}",
            )
            return
        for attr, type_ in attrs.items():
            place = (*path, "attrs", attr)
            if not isinstance(attr, str) or not _SNAKE.fullmatch(attr):
                self._tell(fragment, place, f"'{attr}' is not a name", "use lower-case a-z, digits and underscores")
            elif attr in RESERVED:
                self._tell(
                    fragment,
                    place,
                    f"'{attr}' is a word of the case format",
                    "give the attribute another name",
                )
            self._check_type(fragment, place, type_)

    def _check_labelled_attributes(self) -> None:
        """A label is for an attribute some event or spell has."""
        kinds = [entry for section in ("events", "spells") for _, entry in self._found[section].values()]
        attrs = [kind.get("attrs") for kind in kinds if isinstance(kind, dict)]
        known = {str(attr) for one in attrs if isinstance(one, dict) for attr in one}
        for name, (fragment, _) in self._found["attributes"].items():
            if name not in known:
                message = f"no event or spell has the attribute '{name}'"
                self._tell(fragment, ("attributes", name), message, suggest(name, sorted(known)))

    def _check_type(self, fragment: Fragment, place: tuple[Any, ...], type_: Any) -> bool:
        known = isinstance(type_, str) and (type_ in RANGES or type_ in self._found["enums"])
        if not known:
            self._tell(fragment, place, f"'{type_}' is not a type", suggest(type_, (*SCALARS, *self._found["enums"])))
        return known

    def _check_field(self, fragment: Fragment, path: tuple[str, ...], entry: dict[str, Any]) -> None:
        for key, choices in (("kind", KINDS), ("sensitivity", SENSITIVITIES)):
            if key in entry and entry[key] not in choices:
                self._tell(fragment, (*path, key), f"'{entry[key]}' is not a {key}", suggest(entry[key], choices))
        if "type" not in entry or not self._check_type(fragment, (*path, "type"), entry["type"]):
            return
        try:
            lo, hi = _declared(entry, self._size(entry["type"]))
        except UnfitValueError as error:
            self._tell(fragment, path, error.message, error.mend)
            return
        if lo > hi:
            self._tell(fragment, path, "min is above max", "swap them, or correct one")

    def _size(self, type_: str) -> int:
        return len(self._found["enums"][type_][1]) if type_ not in RANGES else 0

    def _field(self, name: str, entry: Mapping[str, Any], index: int) -> Field:
        lo, hi = _declared(entry, self._size(entry["type"]))
        file = self._found["fields"][name][0].file
        return Field(
            name, entry["type"], entry["kind"], index, lo, hi,
            entry["label"], entry["ask"], entry.get("sensitivity", "ordinary"), file,
        )  # fmt: skip


def _declared(entry: Mapping[str, Any], enum_size: int) -> tuple[int, int]:
    """Encoded range of a field: as declared, else that of its type."""
    type_ = entry["type"]
    lo, hi = RANGES.get(type_, (0, enum_size - 1))
    ends = []
    for key, default in (("min", lo), ("max", hi)):
        if entry.get(key) is None:
            ends.append(default)
            continue
        if type_ == "bool" or type_ not in RANGES:
            raise UnfitValueError(f"{key} has no meaning for the type '{type_}'", f"leave out {key}")
        end = encode_scalar(entry[key], type_)
        if not lo <= end <= hi:
            raise UnfitValueError(f"{key} is outside what the type '{type_}' can hold", "write a narrower range")
        ends.append(end)
    return ends[0], ends[1]
