"""Carrying a column of a block to memory, past the cache: what is not read soon should not push out what is.

Writing around the cache also spares reading what is about to be overwritten.
"""

from __future__ import annotations

from functools import cache

from fodfaeste.reasoning.columns.machine import Code, key_of, object_of

_TEXT = """
; source, destination, bytes a row
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define void @entry(ptr nocapture readonly %at, i64 %n, i32 %on) #0 {
start:
  %from = load ptr, ptr %at
  %at1 = getelementptr ptr, ptr %at, i64 1
  %to = load ptr, ptr %at1
  %at2 = getelementptr i64, ptr %at, i64 2
  %width = load i64, ptr %at2
  %size = mul i64 %n, %width
  %place = ptrtoint ptr %to to i64
  %odd = and i64 %place, 63
  %even = icmp eq i64 %odd, 0
  %lines = and i64 %size, -64
  %end = select i1 %even, i64 %lines, i64 0
  br label %next
next:
  %i = phi i64 [ 0, %start ], [ %i1, %line ]
  %more = icmp slt i64 %i, %end
  br i1 %more, label %line, label %rest
line:
  %source = getelementptr i8, ptr %from, i64 %i
  %target = getelementptr i8, ptr %to, i64 %i
  %bytes = load <16 x i32>, ptr %source, align 1
  store <16 x i32> %bytes, ptr %target, align 64, !nontemporal !0
  %i1 = add i64 %i, 64
  br label %next
rest:
  %left = sub i64 %size, %end
  %last = getelementptr i8, ptr %from, i64 %end
  %there = getelementptr i8, ptr %to, i64 %end
  call void @llvm.memcpy.p0.p0.i64(ptr %there, ptr %last, i64 %left, i1 false)
  ret void
}
attributes #0 = { nounwind "prefer-vector-width"="512" }
!0 = !{i32 1}
"""


@cache
def carrier() -> Code:
    """The step that carries: source, destination, bytes a row."""
    return Code(object_of(key_of(_TEXT), lambda: _TEXT))
