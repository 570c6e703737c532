"""Applications of the example, each told on the days on which it happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai_web.demo.applications_courses import told
from gongkai_web.demo.applications_letters import settings_of
from gongkai_web.demo.applications_plan import plans_of
from gongkai_web.demo.applications_telling import Telling
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story


def stories_of(cast: Cast, *, today: date) -> Iterator[Story]:
    """Every application of one agency, after what its letters have in common."""
    yield settings_of(cast)
    for number, plan in enumerate(plans_of(cast.part.slug, today=today)):
        yield told(Telling(cast, plan, number))
