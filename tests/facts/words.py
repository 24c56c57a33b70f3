"""A tiny vocabulary for tests of the floor, so that they do not turn red when the law changes its words."""

from fodfaeste.facts import Vocabulary, build_vocabulary

CORE = """
enums:
  form:
    fysisk: {da: fysisk, en: in person}
    telefon: {da: telefon, en: telephone}
    video: {da: video, en: video}
fields:
  foedt: {type: date, kind: observed, min: 1900-01-01, max: 2030-12-31,
    label: {da: født, en: born}, ask: {da: "?", en: "?"}}
  i_job: {type: bool, kind: observed, label: {da: i job, en: employed}, ask: {da: "?", en: "?"}}
  boern: {type: int, kind: observed, min: 0, max: 20,
    label: {da: børn, en: children}, ask: {da: "?", en: "?"}}
  formue: {type: money, kind: observed,
    label: {da: formue, en: wealth}, ask: {da: "?", en: "?"}}
  helbred: {type: bool, kind: judged, sensitivity: sensitive,
    label: {da: helbred, en: health}, ask: {da: "?", en: "?"}}
  foretrukken_form: {type: form, kind: observed,
    label: {da: form, en: form}, ask: {da: "?", en: "?"}}
events:
  samtale: {label: {da: samtale, en: conversation}, attrs: {form: form, faelles: bool}}
  timer: {label: {da: timer, en: hours}, attrs: {timer: hours}}
  henvendelse: {label: {da: henvendelse, en: request}}
spells:
  ydelse: {label: {da: ydelse, en: benefit}, attrs: {form: form}}
  fravaer: {label: {da: fravær, en: absence}}
"""

WORDS: Vocabulary = build_vocabulary({"core.yaml": CORE})
