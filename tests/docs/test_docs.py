"""The documentation holds: links lead somewhere, commands and options exist, codes are explained, examples load."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import regex
import typer

from pipeline.checks.declared import CODES
from pipeline.cli.main import app
from pipeline.confidence.reasons import REASONS
from pipeline.dataset.schema import tables
from pipeline.errors import ExitCode
from pipeline.extraction.profile import load_profile, shipped_profiles

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
PAGES = (*READMES, *sorted((ROOT / "docs").glob("*.md")))
CODE = sorted(
    file
    for part in ("extraction", "confidence", "checks")
    for file in (ROOT / "pipeline" / part).rglob("*.py")
)

LINK = regex.compile(r"\]\(([^)\s]+)\)")
FENCE = regex.compile(r"^```(\w*)\n(.*?)^```", regex.DOTALL | regex.MULTILINE)
INLINE = regex.compile(r"`(sohoa [^`]+)`")
OPTION = regex.compile(r"(?<!\S)--[a-z-]+")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(page.read_text("utf-8")) if kind == language]


def sohoa_commands(page: Path) -> list[str]:
    """Return the calls of sohoa that the page shows, in blocks and in running text, without comments."""
    lines = [line.split("#")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("sohoa ")] + INLINE.findall(page.read_text("utf-8"))


def options_of(command: object) -> set[str]:
    return {
        name
        for parameter in command.params  # type: ignore[attr-defined]
        for name in (*parameter.opts, *parameter.secondary_opts, "--help")
    }


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_to_a_file_and_its_heading(page: Path) -> None:
    prose = FENCE.sub("", page.read_text("utf-8"))
    for target in LINK.findall(prose):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), f"{target} does not exist"
        if anchor:
            headings = regex.findall(r"^#+ (.+)$", file.read_text("utf-8"), regex.MULTILINE)
            assert anchor in {regex.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, (
                target
            )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_shown_exists_with_its_options(page: Path) -> None:
    group = typer.main.get_command(app)
    for shown in sohoa_commands(page):
        words = shown.split()[1:]
        command = group.commands.get(words[0]) if not words[0].startswith("-") else group  # type: ignore[attr-defined]
        assert command is not None, f"{shown}: there is no such command"
        inner = getattr(command, "commands", {})
        if len(words) > 1 and inner:
            command = inner.get(words[1]) or inner.get("open", command)  # sohoa review DIR opens DIR
        unknown = set(OPTION.findall(shown)) - options_of(command)
        assert not unknown, f"{shown}: {unknown}"


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_the_readme_begins_with_make_run_and_make_test(page: Path) -> None:
    first = blocks(page, "sh")[0]
    assert "make run" in first and "make test" in first


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_every_command_of_sohoa_is_in_the_readme(page: Path) -> None:
    text = page.read_text("utf-8")
    for command in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"sohoa {command}" in text


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_the_files_that_the_commands_read_exist(page: Path) -> None:
    for shown in sohoa_commands(page):
        for word in shown.split():
            if word.startswith("samples/"):
                assert (ROOT / word).exists(), shown


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_tables_states_and_exit_codes_are_explained(page: Path) -> None:
    text = page.read_text("utf-8")
    for table in tables(load_profile("doi_ngoai").fields):
        assert f"| `{table.name}` |" in text
    for state in ("reported", "none", "blank", "absent", "unreadable"):
        assert f"| `{state}` |" in text
    for code in ExitCode:
        assert f"| {int(code)} |" in text


def constants(node: ast.AST) -> Iterator[str]:
    """Yield the strings that the expression may put into a list of codes, and not those it merely compares."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from constants(part)
        case ast.Starred(value=value):
            yield from constants(value)
        case ast.IfExp(body=body, orelse=other):
            yield from constants(body)
            yield from constants(other)
        case ast.BinOp(left=left, right=right):
            yield from constants(left)
            yield from constants(right)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from constants(part)


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Yield the codes of doubts, reasons and findings that a module gives."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=("doubt" | "doubts" | "reasons"), value=value):
                yield from constants(value)
            case ast.Assign(targets=[*targets], value=value):
                for target in targets:
                    # Also "value, doubt = number, 'code'".
                    names = target.elts if isinstance(target, ast.Tuple) else [target]
                    values = value.elts if isinstance(value, ast.Tuple) and len(names) > 1 else [value]
                    for name, part in zip(names, values, strict=False):
                        if isinstance(name, ast.Name) and ("doubt" in name.id or "reasons" in name.id):
                            yield from constants(part)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if "doubt" in name:
                yield from constants(value)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=("doubts" | "reasons")), attr="append"), args=args
            ):
                for argument in args:
                    yield from constants(argument)
            case ast.Call(func=ast.Name(id="Finding"), args=[ast.Constant(value=str(check)), *_]):
                yield check
            case ast.FunctionDef(name="_mended") as function:
                for part in ast.walk(function):
                    if isinstance(part, ast.Return) and part.value is not None:
                        yield from constants(part.value)


def all_codes() -> set[str]:
    found = (code for file in CODE for code in codes_in(ast.parse(file.read_text("utf-8"))))
    reasons = {"unreadable"}  # given inside a call in confidence/assess.py
    declared = {
        check.name for name in shipped_profiles() for check in load_profile(name).checks if check.name
    }
    reasons |= {*CODES.values(), *declared, *REASONS}
    return reasons | {code for code in found if regex.fullmatch(r"[a-z]+(_[a-z]+)*", code)}


def test_the_search_for_codes_finds_those_that_are_known() -> None:
    assert all_codes() >= {
        "handwriting",
        "covered",
        "repaired",
        "words_disagree",
        "weak_match",
        "contradiction",
    }


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_every_code_of_a_reason_or_finding_is_explained(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not {code for code in all_codes() if f"`{code}`" not in text}


def test_fields_md_is_up_to_date() -> None:
    script = ROOT / "docs" / "make_fields.py"
    module = ModuleType("make_fields")
    module.__file__ = str(script)
    exec(compile(script.read_text("utf-8"), str(script), "exec"), module.__dict__)
    for name in shipped_profiles():
        assert module.path_of(name).read_text("utf-8") == module.page(name), "run: python docs/make_fields.py"


def test_the_example_profile_loads(tmp_path: Path) -> None:
    (example,) = blocks(ROOT / "docs" / "profiles.md", "yaml")
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    profile = load_profile(str(file))
    assert [f.name for f in profile.fields if f.group not in ("letterhead", "report")] == [
        "inspections.count",
        "inspections.violations",
        "inspections.fines",
        "tasks.items",
    ]


@pytest.mark.parametrize("page", READMES, ids=name_of)
def test_the_python_examples_are_python(page: Path) -> None:
    for block in blocks(page, "python"):
        compile(block, name_of(page), "exec")


def test_the_files_that_the_architecture_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for name in set(regex.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|yaml))`", text)):
        assert any((ROOT / "pipeline").rglob(name.removeprefix("pipeline/"))), name
