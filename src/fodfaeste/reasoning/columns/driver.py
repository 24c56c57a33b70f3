"""The loop over blocks, in machine code: every thread takes the next block and runs each step on it.

Between the steps of a block there is no Python, so blocks may be small enough for a processor's own cache.
"""

from __future__ import annotations

from functools import cache

from fodfaeste.reasoning.columns.machine import Code, key_of, object_of

_TEXT = """
; arrays: tasks {first step, end of steps, lo, hi}; counter; steps {code, first operand, end of operands};
; operands {value, bytes a row, share of scratch}; scratch of this thread; room for the operands of a step
define void @entry(ptr %at, i64 %n, i32 %on) {
start:
  %tasks = load ptr, ptr %at
  %at1 = getelementptr ptr, ptr %at, i64 1
  %counter = load ptr, ptr %at1
  %at2 = getelementptr ptr, ptr %at, i64 2
  %steps = load ptr, ptr %at2
  %at3 = getelementptr ptr, ptr %at, i64 3
  %operands = load ptr, ptr %at3
  %at4 = getelementptr i64, ptr %at, i64 4
  %scratch = load i64, ptr %at4
  %at5 = getelementptr ptr, ptr %at, i64 5
  %room = load ptr, ptr %at5
  br label %take
take:
  %t = atomicrmw add ptr %counter, i64 1 monotonic
  %left = icmp slt i64 %t, %n
  br i1 %left, label %task, label %done
task:
  %place = mul i64 %t, 4
  %p0 = getelementptr i64, ptr %tasks, i64 %place
  %begin = load i64, ptr %p0
  %p1 = getelementptr i64, ptr %p0, i64 1
  %end = load i64, ptr %p1
  %p2 = getelementptr i64, ptr %p0, i64 2
  %lo = load i64, ptr %p2
  %p3 = getelementptr i64, ptr %p0, i64 3
  %hi = load i64, ptr %p3
  %rows = sub i64 %hi, %lo
  br label %next
next:
  %s = phi i64 [ %begin, %task ], [ %s1, %call ]
  %more = icmp slt i64 %s, %end
  br i1 %more, label %step, label %take
step:
  %s3 = mul i64 %s, 3
  %q0 = getelementptr i64, ptr %steps, i64 %s3
  %code = load ptr, ptr %q0
  %q1 = getelementptr i64, ptr %q0, i64 1
  %first = load i64, ptr %q1
  %q2 = getelementptr i64, ptr %q0, i64 2
  %last = load i64, ptr %q2
  br label %operand
operand:
  %j = phi i64 [ %first, %step ], [ %j1, %filled ]
  %o = phi i64 [ 0, %step ], [ %o1, %filled ]
  %some = icmp slt i64 %j, %last
  br i1 %some, label %filled, label %call
filled:
  %j3 = mul i64 %j, 3
  %r0 = getelementptr i64, ptr %operands, i64 %j3
  %value = load i64, ptr %r0
  %r1 = getelementptr i64, ptr %r0, i64 1
  %width = load i64, ptr %r1
  %r2 = getelementptr i64, ptr %r0, i64 2
  %share = load i64, ptr %r2
  %moved = mul i64 %width, %lo
  %shared = mul i64 %share, %scratch
  %sum = add i64 %value, %moved
  %whole = add i64 %sum, %shared
  %slot = getelementptr i64, ptr %room, i64 %o
  store i64 %whole, ptr %slot
  %j1 = add i64 %j, 1
  %o1 = add i64 %o, 1
  br label %operand
call:
  call void %code(ptr %room, i64 %rows, i32 %on)
  %s1 = add i64 %s, 1
  br label %next
done:
  fence seq_cst
  ret void
}
"""


@cache
def driver() -> Code:
    """The driver: called with the address of its arrays, the number of tasks, and today."""
    return Code(object_of(key_of(_TEXT), lambda: _TEXT))
