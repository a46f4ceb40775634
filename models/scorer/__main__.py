"""``python -m models.scorer``: see :mod:`models.scorer.learn`."""

import typer

from models.scorer.learn import learn

if __name__ == "__main__":
    typer.run(learn)
