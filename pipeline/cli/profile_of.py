"""Which profile a run was made with: commands that work on its tables need not be told."""

from __future__ import annotations

from pathlib import Path


def profile_of(run: Path, asked: str | None) -> str:
    """Return the profile ``asked`` for, else the one that the tables in the folder ``run`` were made with.

    Where there are no tables yet, it is the default one, and who reads them says so. Raises UsageError where the run's
    profile is a file that only its owner knows.
    """
    import pyarrow.parquet as pq

    from pipeline.batch.options import DEFAULT_PROFILE
    from pipeline.errors import UsageError
    from pipeline.extraction.profile import shipped_profiles

    if asked is not None:
        return asked
    documents = run / "dataset" / "documents.parquet"
    if not documents.is_file():
        return DEFAULT_PROFILE
    labels = {
        label for label in pq.read_table(documents, columns=["profile"])["profile"].to_pylist() if label
    }
    names = sorted({label.partition("@")[0] for label in labels})
    if not names:
        return DEFAULT_PROFILE
    if len(names) > 1 or names[0] not in shipped_profiles():
        raise UsageError(f"{run}: made with the profile {', '.join(names)}; say its file with --profile FILE")
    return str(names[0])
