"""What tests of batches share."""

from collections.abc import Iterator

import pytest

from tests.batch.s3 import s3_server


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A real S3 server with one bucket, whose name this is; clients find it by environment variables."""
    pytest.importorskip("s3fs")
    pytest.importorskip("moto")
    with s3_server("archive") as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield "archive"
