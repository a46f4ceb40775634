"""Where the learned parts lie, in a checkout as in an installed wheel."""

from importlib import resources
from pathlib import Path


def weights_of(part: str) -> Path:
    """Return the folder of the weights of the learned ``part``, e.g. ``reader``; raise FileNotFoundError without it."""
    folder = Path(str(resources.files("sohoa_models"))) / part / "weights"
    if not folder.is_dir():
        raise FileNotFoundError(
            f"the weights of '{part}' are missing in {folder.parent}: install sohoa again"
        )
    return folder
