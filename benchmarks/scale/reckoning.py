"""From what was measured to what ten million pages would take: Markdown, with each assumption beside its figure."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.scale.figures import KINDS, Figures

PAGES = 10_000_000
DAYS = 30
_TASKS_A_DOCUMENT = 2
"""Opening and understanding, beside one a page."""
_USE = 0.7
"""The share of its time that a machine is assumed to work; the rest goes to updates, failures and the end of runs."""


def measured(figures: Figures) -> Iterator[str]:
    """Yield the lines of what was measured."""
    yield (
        f"{figures.machine}; {figures.documents} documents, {figures.pages} pages, reader `{figures.reader}`; medians, and "
        "ratios within one call of `make bench-scale`."
    )
    yield ""
    yield "| run | seconds (least to most) | pages a second |"
    yield "|---|---|---|"
    for kind in KINDS:
        taken = figures.seconds[kind]
        median = figures.median(kind)
        yield f"| {kind} | {median:.1f} ({min(taken):.1f} to {max(taken):.1f}) | {figures.pages / median:.2f} |"
    yield ""
    yield f"- Two workers against one: **{figures.two_against_one:.2f}** (wanted 1.85)."
    yield f"- Dask's two workers against two processes: **{figures.dask_against_processes:.2f}** (wanted 0.90)."
    yield f"- The tables of all three are {'the same bytes' if figures.same else 'DIFFERENT'}."
    yield f"- A worker held at most {figures.worker_peak_bytes / 2**20:.0f} MB."
    yield ""
    yield "| a page costs | |"
    yield "|---|---|"
    dearest = sorted(figures.stages.items(), key=lambda item: -item[1])[:3]
    parts = ", ".join(f"{stage} {spent:.2f}" for stage, spent in dearest)
    yield f"| CPU, all stages | {figures.cpu_seconds_a_page:.2f} s ({parts}) |"
    yield f"| the scan itself | {figures.input_bytes / figures.pages / 1000:.0f} KB |"
    for name, size in figures.kept_bytes.items():
        yield f"| {name} | {size / 1000:.1f} KB |"
    yield ""
    yield "| what is asked | takes |"
    yield "|---|---|"
    for name, spent in figures.task_seconds.items():
        yield f"| a task that does nothing, {name} | {1000 * spent:.1f} ms |"
    for name, times in figures.stores.items():
        yield (
            f"| an object of 12 KB, {name}: put, get, ask | {1000 * times.put:.1f}, {1000 * times.get:.1f}, "
            f"{1000 * times.ask:.1f} ms |"
        )


def reckoned(figures: Figures) -> Iterator[str]:
    """Yield the lines of what ten million pages come to."""
    documents = PAGES * figures.documents / figures.pages
    cpu_hours = PAGES * figures.cpu_seconds_a_page / 3600
    cores = cpu_hours / (DAYS * 24 * _USE)
    tasks = PAGES + _TASKS_A_DOCUMENT * documents
    handing = figures.task_seconds["Dask"] * tasks / 3600
    fed = figures.cpu_seconds_a_page * PAGES / tasks / figures.task_seconds["Dask"]
    yield (
        f"Assumed: {_thousands(PAGES)} pages in {_thousands(documents)} documents "
        f"({figures.pages / figures.documents:.1f} pages each), scans like those that were measured, reader "
        f"`{figures.reader}`, cores like this machine's, at work {_USE:.0%} of the time."
    )
    yield ""
    yield "| | reckoned | how |"
    yield "|---|---|---|"
    yield f"| reading and understanding | {_thousands(cpu_hours)} core hours | pages × CPU seconds a page |"
    yield f"| cores for {DAYS} days | {cores:.0f} | core hours ÷ ({DAYS} × 24 h × {_USE}) |"
    scans = PAGES * figures.input_bytes / figures.pages
    yield f"| scans | {_tera(scans)} | read twice: by the client for the fingerprint, by a worker for the pages |"
    for name, size in figures.kept_bytes.items():
        yield f"| {name} | {_tera(size * PAGES)} | pages × bytes a page |"
    yield f"| handing out tasks | {handing:.0f} h of the client and the scheduler | (pages + 2 × documents) × a Dask task |"
    yield f"| cores that one client keeps busy | {fed:.0f} | CPU seconds a page ÷ (tasks a page × a Dask task) |"


def _thousands(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


def _tera(size: float) -> str:
    return f"{size / 1e12:.2f} TB" if size >= 1e11 else f"{size / 1e9:.1f} GB"
