import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.external import programs

SECONDS = 20.0


def python(code: str, *arguments: str, most: int = 1 << 20, memory: int = 1 << 30) -> programs.Answer:
    return programs.run([sys.executable, "-c", code, *arguments], SECONDS, most, memory)


def test_answer_complaints_and_status_come_back() -> None:
    answer = python("import sys; print('đ'); print('no', file=sys.stderr); sys.exit(3)")
    assert (answer.status, answer.output, answer.complaints) == (3, "đ\n".encode(), "no\n")


def test_settings_of_whoever_calls_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LD_PRELOAD", "SECRET", "LANG", "PYTHONSTARTUP", "http_proxy"):
        monkeypatch.setenv(name, "")
    answer = python("import os; print(*os.environ)")
    assert set(answer.output.decode().split()) <= {
        "PATH",
        "HOME",
        "TMPDIR",
        "LC_ALL",
        "LC_CTYPE",
        "XDG_CACHE_HOME",
    }


def test_a_path_is_never_an_option(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert programs.absolute(Path("-rf")) == str(tmp_path / "-rf")


def test_a_program_that_takes_too_long_is_killed() -> None:
    begun = time.monotonic()
    with pytest.raises(programs.TooSlowError):
        programs.run([sys.executable, "-c", "while True: pass"], 0.5, 100)
    assert time.monotonic() - begun < 10


def test_a_program_that_says_too_much_is_killed() -> None:
    with pytest.raises(programs.TooLongError):
        python("while True: print('x' * 1000)")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_program_that_wants_too_much_memory_does_not_get_it() -> None:
    answer = python("import time; time.sleep(0.3); x = bytearray(1 << 30)", memory=300 << 20)
    assert answer.status != 0
    assert "MemoryError" in answer.complaints
    assert python("x = bytearray(1 << 30)", memory=2 << 30).status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="files are bounded on Linux only")
def test_a_program_cannot_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MAX_FILE_BYTES", 1 << 20)
    code = "import sys, time; time.sleep(0.3); f = open(sys.argv[1], 'wb'); f.write(bytes(1 << 22))"
    assert python(code, str(tmp_path / "x")).status != 0
    assert (tmp_path / "x").stat().st_size <= 1 << 20


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(FileNotFoundError):
        programs.run(["no-such-program"], 1.0, 10)
    assert issubclass(programs.TooSlowError, subprocess.SubprocessError)
