"""Whatever happens, and in whatever order: no answer is untrue, and none goes back."""

import pytest

from app.config import Settings
from app.db.transactions import Database
from tests.register.story import Story, a_story

STEPS, MANY_STEPS = 350, 3_000


async def test_no_answer_is_older_than_it_says_or_than_what_was_told(
    settings: Settings, database: Database
) -> None:
    async with a_story(settings, database, seed=1) as story:
        await story.run(STEPS)

        check_much_happened(story, STEPS)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(10, 15))
async def test_no_answer_ever_is(settings: Settings, database: Database, seed: int) -> None:
    async with a_story(settings, database, seed) as story:
        await story.run(MANY_STEPS)

        check_much_happened(story, MANY_STEPS)


def check_much_happened(story: Story, steps: int) -> None:
    """Fail if the story had nothing to tell: no hits, no changes, nobody behind."""
    cache = story.app.state.answer_cache
    answered = {name: getattr(cache, name)._value.get() for name in ("hits", "unmodified")}
    assert min(answered.values()) > steps / 50, answered
    assert story.happened["publish"] > steps / 40
    assert steps / 100 < story.happened["behind"] < steps / 2
