"""The other tools, each as its documentation says to read Vietnamese scans. Runs in an environment of its own.

``python peers.py TOOL WORKERS OUT.json FILE…`` reads one-page PDFs and writes their texts in order. Nothing of sohoa is
imported here.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

DPI = 300


def pytesseract(files: Sequence[str], workers: int) -> list[str]:
    """Return the text of each page by pytesseract, a process a core."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_by_pytesseract, files))


def _by_pytesseract(file: str) -> str:
    import pytesseract as tool  # noqa: PLC0415
    from pdf2image import convert_from_path  # noqa: PLC0415

    return str(tool.image_to_string(convert_from_path(file, DPI)[0], lang="vie"))


def ocrmypdf(files: Sequence[str], workers: int) -> list[str]:
    """Return the text of each page by OCRmyPDF, which gets them as one document."""
    import pikepdf  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        whole, text = Path(folder) / "whole.pdf", Path(folder) / "text.txt"
        with pikepdf.new() as document:
            for file in files:
                with pikepdf.open(file) as page:
                    document.pages.extend(page.pages)
            document.save(whole)
        command = [
            sys.executable,
            "-m",
            "ocrmypdf",
            "--language",
            "vie",
            "--force-ocr",
            "--quiet",
            "--optimize",
            "0",
        ]
        command += ["--output-type", "pdf", "--jobs", str(workers), "--sidecar", str(text)]
        subprocess.run([*command, str(whole), str(Path(folder) / "read.pdf")], check=True)
        return text.read_text("utf-8").split("\f")[: len(files)]


def kreuzberg(files: Sequence[str], _workers: int) -> list[str]:
    """Return the text of each page by kreuzberg, which takes all cores by itself."""
    import kreuzberg as tool  # noqa: PLC0415

    config = tool.ExtractionConfig(
        ocr=tool.OcrConfig(backend="tesseract", language="vie"), force_ocr=True, use_cache=False
    )
    return [result.content for result in tool.batch_extract_files_sync(list(files), config=config)]


TOOLS: dict[str, Callable[[Sequence[str], int], list[str]]] = {
    "pytesseract": pytesseract,
    "ocrmypdf": ocrmypdf,
    "kreuzberg": kreuzberg,
}

if __name__ == "__main__":
    name, count, out, *pages = sys.argv[1:]
    Path(out).write_text(json.dumps(TOOLS[name](pages, int(count)), ensure_ascii=False), "utf-8")
