import os
import socket
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.intake.discover import Found, printable_source
from pipeline.intake.discover import discover as found_in


def discover(inputs: list[Path], leave_out: Path | None = None) -> list[Path]:
    """The paths that are opened."""
    return [found.path for found in found_in(inputs, leave_out) if not found.refusal]


def refused(inputs: list[Path]) -> dict[str, str]:
    return {found.path.name: found.refusal for found in found_in(inputs) if found.refusal}


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_a_folder_gives_every_visible_file_sorted_and_nothing_vanishes(tmp_path: Path) -> None:
    names = ["b.PDF", "a.tif", "sub/c.jpg", "sub/deep/d.webp", "ghi chú.txt", "cũ.zip"]
    for name in [*names, ".hidden.pdf", ".git/x.pdf", "Thumbs.db", "sub/desktop.ini"]:
        touch(tmp_path / name)
    found = [str(path.relative_to(tmp_path)) for path in discover([tmp_path])]
    assert found == ["a.tif", "b.PDF", "cũ.zip", "ghi chú.txt", "sub/c.jpg", "sub/deep/d.webp"]


def test_a_named_file_is_taken_whatever_it_is_called_and_only_once(tmp_path: Path) -> None:
    hidden, scan = touch(tmp_path / ".scan"), touch(tmp_path / "b.pdf")
    assert discover([hidden, scan, tmp_path, hidden]) == [hidden, scan]
    assert found_in([scan]) == [Found(scan)]


def test_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "in" / "-x.pdf")
    monkeypatch.chdir(tmp_path)
    assert discover([Path("in")]) == [Path("in/-x.pdf")]


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.pdf: no such file or folder"):
        discover([tmp_path / "gone.pdf"])


def test_links_out_of_the_input_and_circles_are_not_followed_but_have_their_row(tmp_path: Path) -> None:
    outside = touch(tmp_path / "outside" / "secret.pdf")
    inside = touch(tmp_path / "in" / "a.pdf")
    folder = inside.parent
    (folder / "b.pdf").symlink_to(inside)
    (folder / "c.pdf").symlink_to(outside)
    (folder / "d").symlink_to(outside.parent)
    (folder / "e").symlink_to(folder)
    (folder / "f.pdf").symlink_to(folder / "f.pdf")
    (folder / "g.pdf").symlink_to("nothing.pdf")
    (folder / "h.pdf").symlink_to("../in/../outside/secret.pdf")
    assert discover([folder]) == [inside, folder / "b.pdf"]
    said = refused([folder])
    assert set(said) == {"c.pdf", "d", "f.pdf", "g.pdf", "h.pdf"}
    assert all("not followed" in said[name] for name in ("c.pdf", "d", "h.pdf"))
    assert all("to nothing, or in a circle" in said[name] for name in ("f.pdf", "g.pdf"))


def test_a_folder_beside_the_input_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    outside = touch(tmp_path / "in-secret" / "x.pdf")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.pdf").symlink_to(outside)
    assert discover([tmp_path / "in"]) == []
    assert set(refused([tmp_path / "in"])) == {"x.pdf"}


def test_pipes_and_sockets_have_their_row_and_are_not_touched(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.pdf"))
        assert discover([tmp_path]) == []
        assert all("no regular file" in refusal for refusal in refused([tmp_path]).values())
        assert set(refused([tmp_path])) == {"pipe.pdf", "s.pdf"}


def test_folders_in_folders_without_end_stop_with_a_row(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(150):
        deep = deep / "a"
    scan = touch(deep / "x.pdf")
    (only,) = found_in([tmp_path])
    assert "more than 100 deep" in only.refusal
    assert discover([scan.parents[20]]) == [scan]


def test_the_output_folder_is_left_out_wherever_it_lies(tmp_path: Path) -> None:
    scan = touch(tmp_path / "in" / "a.pdf")
    touch(tmp_path / "in" / "out" / "dataset" / "fields.csv")
    (tmp_path / "in" / "link").symlink_to("out/dataset/fields.csv")
    out = tmp_path / "in" / "out"
    assert discover([tmp_path / "in"], out) == [scan]
    assert discover([out / "dataset"], out) == []
    assert found_in([out], out) == []


def test_a_link_named_by_the_user_is_followed(tmp_path: Path) -> None:
    scan = touch(tmp_path / "real" / "a.pdf")
    (tmp_path / "link").symlink_to(scan.parent)
    assert discover([tmp_path / "link"]) == [tmp_path / "link" / "a.pdf"]


def test_names_of_odd_bytes_survive_and_print_as_text(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe1o c\xe1o\x1b[31m\n.pdf"))
    odd.write_bytes(b"x")
    (found,) = discover([tmp_path])
    assert found.read_bytes() == b"x"
    assert printable_source(found) == f"{tmp_path}/b\\xe1o c\\xe1o\\x1b[31m\\n.pdf"


def test_vietnamese_names_print_as_they_are() -> None:
    assert printable_source(Path("Báo cáo số 12.pdf")) == "Báo cáo số 12.pdf"
