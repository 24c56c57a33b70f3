"""Listing the rows that pass a test, sixteen at a time: written in LLVM, because no compiler makes this from a loop."""

from __future__ import annotations

import re
from functools import cache

from fodfaeste.reasoning.columns.machine import Code, key_of, object_of

_HAVING = {
    "operands": "i64 %lo, ptr %offsets, ptr %observed, i64 %hides, ptr %some, ptr %found",
    "vector": """
  %r = add i64 %lo, %i
  %a_at = getelementptr {kind}, ptr %offsets, i64 %r
  %a = load <16 x {kind}>, ptr %a_at, align 1
  %b_at = getelementptr {kind}, ptr %a_at, i64 1
  %b = load <16 x {kind}>, ptr %b_at, align 1
  %test = icmp ne <16 x {kind}> %a, %b""",
    "scalar": """
  %sr = add i64 %lo, %j
  %sa_at = getelementptr {kind}, ptr %offsets, i64 %sr
  %sa = load {kind}, ptr %sa_at, align 1
  %sb_at = getelementptr {kind}, ptr %sa_at, i64 1
  %sb = load {kind}, ptr %sb_at, align 1
  %has = icmp ne {kind} %sa, %sb
  %o_at = getelementptr i8, ptr %observed, i64 %sr
  %asks = icmp eq i64 %hides, 1
  br i1 %asks, label %look, label %judge
look:
  %o = load i8, ptr %o_at, align 1
  %unseen = icmp eq i8 %o, 0
  br label %judge
judge:
  %hidden = phi i1 [ 0, %tail ], [ %unseen, %look ]
  %passes = or i1 %has, %hidden""",
    "vectors": "%hides, 0",
}
"""Persons who have, or may have, anything of a kind."""

_APPLYING = {
    "operands": "ptr %applies, ptr %some, ptr %found",
    "vector": """
  %a_at = getelementptr i8, ptr %applies, i64 %i
  %a = load <16 x i8>, ptr %a_at, align 1
  %test = icmp ne <16 x i8> %a, zeroinitializer""",
    "scalar": """
  %sa_at = getelementptr i8, ptr %applies, i64 %j
  %sa = load i8, ptr %sa_at, align 1
  %passes = icmp ne i8 %sa, 0""",
    "vectors": "0, 0",
}
"""Rows a duty applies to, or may."""

_FITTING = {
    "operands": "ptr %rows, ptr %many, ptr %any, i64 %bit, ptr %some, ptr %found",
    "vector": """
  %a_at = getelementptr {kind}, ptr %any, i64 %i
  %a = load <16 x {kind}>, ptr %a_at, align 1
  %a_bit = and <16 x {kind}> %a, %bits
  %test = icmp ne <16 x {kind}> %a_bit, zeroinitializer
  %n_at = getelementptr i32, ptr %rows, i64 %i
  %named = load <16 x i32>, ptr %n_at, align 1""",
    "scalar": """
  %sa_at = getelementptr {kind}, ptr %any, i64 %j
  %sa = load {kind}, ptr %sa_at, align 1
  %sa_bit = and {kind} %sa, %one
  %passes = icmp ne {kind} %sa_bit, 0
  %sn_at = getelementptr i32, ptr %rows, i64 %j
  %sn = load i32, ptr %sn_at, align 1""",
    "vectors": "0, 0",
}
"""Of listed persons those of whom anything may fit a filter, by its bit."""

_FORMS = {"having": _HAVING, "applying": _APPLYING, "fitting": _FITTING}


_LOOP = """
declare void @llvm.masked.compressstore.v16i32(<16 x i32>, ptr, <16 x i1>)
declare i16 @llvm.ctpop.i16(i16)
define void @entry(ptr nocapture readonly %at, i64 %n, i32 %on) #0 {
start:
LOADS
SIZE
BITS
  %whole = and i64 %size, -16
  %plain = icmp eq i64 VECTORS
  %end = select i1 %plain, i64 %whole, i64 0
  br label %next
next:
  %i = phi i64 [ 0, %start ], [ %i1, %skip ]
  %k = phi i64 [ 0, %start ], [ %k1, %skip ]
  %more = icmp slt i64 %i, %end
  br i1 %more, label %sixteen, label %rest
sixteen:
VECTOR
  %mask = bitcast <16 x i1> %test to i16
  %none = icmp eq i16 %mask, 0
  br i1 %none, label %skip, label %store
store:
  %i32 = trunc i64 %i to i32
  %i0 = insertelement <16 x i32> poison, i32 %i32, i32 0
  %is = shufflevector <16 x i32> %i0, <16 x i32> poison, <16 x i32> zeroinitializer
  %index = add <16 x i32> %is, <STEPS>
  %to = getelementptr i32, ptr %some, i64 %k
  call void @llvm.masked.compressstore.v16i32(<16 x i32> LISTED, ptr align 4 %to, <16 x i1> %test)
  %count = call i16 @llvm.ctpop.i16(i16 %mask)
  %counted = zext i16 %count to i64
  br label %skip
skip:
  %kept = phi i64 [ 0, %sixteen ], [ %counted, %store ]
  %k1 = add i64 %k, %kept
  %i1 = add i64 %i, 16
  br label %next
rest:
  %j = phi i64 [ %end, %next ], [ %j1, %after ]
  %m = phi i64 [ %k, %next ], [ %m1, %after ]
  %left = icmp slt i64 %j, %size
  br i1 %left, label %tail, label %done
tail:
SCALAR
  %j32 = trunc i64 %j to i32
  %here = getelementptr i32, ptr %some, i64 %m
  br i1 %passes, label %keep, label %after
keep:
  store i32 SINGLE, ptr %here, align 4
  br label %after
after:
  %m1_more = zext i1 %passes to i64
  %m1 = add i64 %m, %m1_more
  %j1 = add i64 %j, 1
  br label %rest
done:
  store i64 %m, ptr %found, align 8
  ret void
}
attributes #0 = { nounwind "prefer-vector-width"="512" }
"""
"""The loop around a test: sixteen rows at a time, and the last few one by one."""


@cache
def lister(name: str, kind: str) -> Code:
    """The lister of that name, for columns of that LLVM type."""
    text = _text(name, kind)
    return Code(object_of(key_of(text), lambda: text))


def _text(name: str, kind: str) -> str:
    form = _FORMS[name]
    operands = [operand.split() for operand in form["operands"].split(", ")]
    loads = [
        f"  %at{k} = getelementptr i64, ptr %at, i64 {k}\n  {operand} = load {type_}, ptr %at{k}"
        for k, (type_, operand) in enumerate(operands)
    ]
    listed = "%named" if name == "fitting" else "%index"
    single = "%sn" if name == "fitting" else "%j32"
    size = "  %size = load i64, ptr %many" if name == "fitting" else "  %size = add i64 %n, 0"
    bits = (
        f"  %one = trunc i64 %bit to {kind}\n" if kind != "i64" else "  %one = add i64 %bit, 0\n"
    ) + f"  %bit0 = insertelement <16 x {kind}> poison, {kind} %one, i32 0\n" + (
        f"  %bits = shufflevector <16 x {kind}> %bit0, <16 x {kind}> poison, <16 x i32> zeroinitializer"
    )  # fmt: skip
    parts = {
        "LOADS": "\n".join(loads),
        "SIZE": size,
        "BITS": bits if name == "fitting" else "",
        "VECTORS": form["vectors"],
        "VECTOR": form["vector"].format(kind=kind),
        "SCALAR": form["scalar"].format(kind=kind),
        "STEPS": ", ".join(f"i32 {k}" for k in range(16)),
        "LISTED": listed,
        "SINGLE": single,
    }
    return re.sub(r"\b[A-Z]{4,}\b", lambda found: parts[found[0]], _LOOP)
