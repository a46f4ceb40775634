"""``docs/accuracy.md``: the tables and the plot, with how to get them again."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.confidence_plot import plot_confidence
from benchmarks.accuracy.figures import Figures
from benchmarks.accuracy.plot import plot
from benchmarks.accuracy.tables import markdown, sheets
from pipeline.confidence import TARGET

_HEAD = """# Accuracy

Written by `make bench-accuracy` (version {version}); do not edit by hand. Made again with:

    python -m benchmarks.accuracy --split {split} --count {count} --seed {seed} --reader {reader} --document {path}

{documents} invented reports of the **{split}** split ({pages} pages) were drawn by `samples/generator`, scanned in
{presets} ways, and read by `{reader}`, all else being the default. The split shares no template, heading wording, sentence
frame or place name with the others{honesty}. Values are per cent with 95 % intervals from drawing the documents again
(1 000 times).

- **characters wrong, words wrong**: edits against what was printed; handwriting is left out.
- **letterhead right**: share of the 17 letterhead fields that are right in state and value.
- **body right**: the same for all other fields that the page or the run speaks of; a field on which both are silent
  does not count. **fields right** counts every field, silent ones too.
- **states right**: reported, none, blank, absent or unreadable, whatever the value.
- **wrong and sure**: wrong with a confidence of 0.95 or more, of all fields; **to review**: marked for a person.
- **accepted**: rows (fields, a list as one; delegations; references) that no person need see at the target of {target:.1%};
  **right if accepted**: share of those that are right. **calibration error**: mean distance of confidence and share of
  right rows over 15 bins of equal width; **AUROC**: the chance that a right row is surer than a wrong one.
- A handwritten field that is `unreadable` or marked for review counts neither way.

![Accuracy by kind of scan]({picture})

![What the confidence is worth]({curves})

"""
_HONESTY = {
    "train": "; the rules were made with it in sight",
    "dev": "; the rules were improved with its failures in sight",
    "test": "; nobody who works on the rules has looked into it",
    "calibration": "; nobody who works on the rules has looked into it, but the confidence was fitted on its wordings",
}


def write_document(figures: Figures, path: Path) -> None:
    """Write the figures as a page of documentation, its plot under ``images`` beside it."""
    about = figures.about
    picture = Path("images") / f"{path.stem}.png"
    (path.parent / "images").mkdir(parents=True, exist_ok=True)
    plot(figures, path.parent / picture)
    curves = Path("images") / f"{path.stem}_confidence.png"
    plot_confidence(figures, path.parent / curves)
    head = _HEAD.format(
        path=path.as_posix(),
        documents=len(figures.tallies),
        picture=picture.as_posix(),
        curves=curves.as_posix(),
        target=TARGET,
        honesty=_HONESTY[about["split"]],
        **{**about, "pages": sum(about["pages"].values()), "presets": len(about["presets"])},
    )
    path.write_text(head + "\n".join(markdown(sheet) for sheet in sheets(figures)), "utf-8")
