"""What pyproject.toml cannot say: the weights in ``models/`` reach an installed sohoa as the package ``sohoa_models``."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["pipeline", "pipeline.*"]), "sohoa_models"],
    package_dir={"sohoa_models": "models"},
)
