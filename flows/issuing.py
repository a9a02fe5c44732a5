"""The steps of an issue as Prefect tasks: apart from those of collecting, which need not load what draws pages."""

from __future__ import annotations

from flows.steps import Step, each
from tasks.compose import compose
from tasks.deliver import deliver, write
from tasks.render import render

COMPOSE = Step("compose", each(compose))
RENDER = Step("render", each(render), batch=1)
DELIVER = Step("deliver", deliver)
WRITE = Step("write", write)
