"""Which scratch column each value in between is kept in: few, reused as soon as the last reader is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fodfaeste.reasoning.columns.kernels import storage
from fodfaeste.reasoning.columns.plan import DutyStep, Plan

if TYPE_CHECKING:
    from fodfaeste.reasoning.columns.run import Engine


def judging_stages(plan: Plan) -> dict[tuple[str, int], list[DutyStep]]:
    """Each duty in the first stage in which everything it reads has been made."""
    found: dict[tuple[str, int], list[DutyStep]] = {}
    for step in plan.duties.values():
        here = [plan.vertices[n].stage for n in step.inputs() if plan.vertices[n].space == step.space]
        found.setdefault((step.space, max(here, default=0)), []).append(step)
    return found


def assign_slots(engine: Engine, space: str) -> dict[int, tuple[int, str]]:
    """Vertex → (slot, dtype) of every scratch column of a space."""
    plan = engine.plan
    last = _last_use(engine, space)
    free: dict[str, list[int]] = {}
    size: dict[str, int] = {}
    found: dict[int, tuple[int, str]] = {}
    for stage in range(plan.stages):
        made = [n for kernel in engine.kernels[space, stage] for n in kernel.outs] + engine.aggregates[space, stage]
        for number in made:
            dtype = storage(plan.vertices[number])
            if free.get(dtype):
                slot = free[dtype].pop()
            else:
                slot = size[dtype] = size.get(dtype, -1) + 1
            found[number] = (slot, dtype)
        for number, (slot, dtype) in found.items():
            if (
                last.get(number, stage) == stage
                and plan.vertices[number].stage <= stage
                and number not in engine.released
            ):
                engine.released.add(number)
                free.setdefault(dtype, []).append(slot)
    return found


def _last_use(engine: Engine, space: str) -> dict[int, int]:
    """The last stage in which a column is read."""
    plan = engine.plan
    last: dict[int, int] = {}
    for stage in range(plan.stages):
        for kernel in engine.kernels[space, stage]:
            last.update(dict.fromkeys(kernel.ins, stage))
        for number in engine.aggregates[space, stage]:
            last.update(dict.fromkeys(plan.vertices[number].args, stage))
        for step in engine.judged.get((space, stage), ()):
            last.update(dict.fromkeys(step.inputs(), stage))
    return last
