"""One thread for one job at a time: a training step that would hold up the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Worker(Generic[T]):
    """Owns a thread that starts with the first job. Whoever submitted a job leaves its data alone until it is taken."""

    def __init__(self, name: str = "neurosim-training") -> None:
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._job: Future[T] | None = None

    @property
    def busy(self) -> bool:
        """Whether a job has been submitted whose result was not taken."""
        return self._job is not None

    @property
    def ready(self) -> bool:
        """Whether a result can be taken without waiting."""
        return self._job is not None and self._job.done()

    def submit(self, job: Callable[[], T]) -> None:
        """Begin a job; the one before must have been taken."""
        if self._job is not None:
            raise RuntimeError("the worker is busy")
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        self._job = self._pool.submit(job)

    def take(self) -> T:
        """The job's result, waiting for it if need be; what the job raised is raised here."""
        if self._job is None:
            raise RuntimeError("there is no job")
        job, self._job = self._job, None
        return job.result()

    def abandon(self) -> None:
        """Do without the job's result. It still runs to its end, on data that nobody else may touch any more."""
        self._job = None

    def close(self) -> None:
        """Wait for the job and end the thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None
        self._job = None
