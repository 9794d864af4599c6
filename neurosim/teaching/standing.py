"""Where a learner stands in a lesson, and what lies before and behind: pure questions about a lesson and a progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurosim.lessons.hands import RESULTS, Hand, hand_of
from neurosim.lessons.progress import Progress
from neurosim.records import dataclass
from neurosim.teaching.keeping import coming_back, is_done, is_quick

if TYPE_CHECKING:
    from neurosim.lessons.lesson import Block, Lesson, Page, Predict


@dataclass(frozen=True)
class Standing:
    """A place in *lesson*; ``None`` when no lesson is open. Pages and stages count from 0."""

    lesson: Lesson | None
    progress: Progress

    @property
    def index(self) -> int:
        """The page on view."""
        return min(self.progress.page, len(self.lesson.pages) - 1) if self.lesson is not None else 0

    @property
    def page(self) -> Page | None:
        """The page on view."""
        return None if self.lesson is None else self.lesson.pages[self.index]

    @property
    def stage(self) -> int:
        """How many reveals of the page have been passed."""
        page = self.page
        return 0 if page is None else min(self.progress.stage, len(page.stages) - 1)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is on view of the page."""
        page = self.page
        if page is None:
            return ()
        return tuple(block for blocks in page.stages[: self.stage + 1] for block in blocks)

    @property
    def at_last_page(self) -> bool:
        """Whether the lesson has no page after this one."""
        return self.lesson is None or self.index == len(self.lesson.pages) - 1

    @property
    def at_last_stage(self) -> bool:
        """Whether everything on the page is on view."""
        page = self.page
        return page is None or self.stage == len(page.stages) - 1

    @property
    def at_end(self) -> bool:
        """Whether all of the lesson's last page is on view."""
        return self.lesson is not None and self.at_last_page and self.at_last_stage

    @property
    def can_next(self) -> bool:
        """Whether anything comes after what is on view."""
        if self.lesson is None:
            return False
        return not self.at_end or self.progress.review or bool(self.coming_back)

    @property
    def can_back(self) -> bool:
        """Whether anything came before it."""
        return self.lesson is not None and (self.stage > 0 or self.index > 0)

    @property
    def waits_for(self) -> Predict | None:
        """The prediction that is to be committed before the page goes on."""
        page = self.page
        if page is None or self.at_last_stage:
            return None
        from neurosim.lessons.lesson import Predict

        for block in page.stages[self.stage]:
            if isinstance(block, Predict) and block.id not in self.progress.predictions:
                return block
        return None

    def stage_of(self, block: Block) -> int:
        """The stage of the page on view that *block* stands in; 0 when it is not on it."""
        stages = self.page.stages if self.page is not None else ()
        return next((stage for stage, blocks in enumerate(stages) if block in blocks), 0)

    def is_done(self, index: int) -> bool:
        """Whether everything that a page asks has been answered, and all of it was seen."""
        if self.lesson is None:
            return False
        passed = index < self.progress.reached or (index == self.index and self.at_last_stage)
        return passed and is_done(self.progress, self.lesson.pages[index])

    @property
    def coming_back(self) -> list[int]:
        """The pages of the questions that were missed and can be asked on other numbers."""
        return [] if self.lesson is None else coming_back(self.progress, self.lesson)

    @property
    def turns_ahead(self) -> Sequence[int]:
        """The pages further on where it is the learner's turn."""
        if self.lesson is None:
            return ()
        pages = self.lesson.pages
        return [i for i in range(self.index + 1, len(pages)) if pages[i].kind == "your turn"]

    @property
    def offers_skip(self) -> bool:
        """Whether to offer to skip to them: the last two questions were right at the first try, without a hint."""
        if self.lesson is None or self.page is None or self.page.kind == "your turn" or not self.turns_ahead:
            return False
        return is_quick(self.progress, self.lesson, self.index)

    @property
    def hand(self) -> Hand:
        """What is hidden and locked now: by the document, and by the page, which shows results once they are found."""
        page = self.page
        if page is None or self.progress.at_own:
            return self.progress.hand
        hide = page.hide
        if RESULTS in hide and self.is_done(self.index):
            hide = tuple(what for what in hide if what != RESULTS)
        return self.progress.hand | hand_of(hide, page.lock)
