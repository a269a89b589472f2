"""An export is what the contract says, byte for byte, and appears whole or not at all."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from exports.files import write_whole
from exports.formats import FORMATS, export_documents
from exports.plain import to_json
from exports.schema import export_schema, schema_text
from schemas.contract import Document, Export, Locator, Span
from tests.documents import documents, in_review, sample

ROOT = Path(__file__).parent.parent


def text(format_name: str, *exported: Document) -> str:
    return "".join(export_documents(exported, format_name))


def test_json_is_one_object() -> None:
    plain = json.loads(text("json", sample(), in_review()))
    assert list(plain) == ["format", "version", "documents"]
    assert (plain["format"], plain["version"]) == ("prikaz", "1.0")
    assert [document["number"] for document in plain["documents"]] == ["17-о", "17-о"]


def test_an_empty_export_is_valid() -> None:
    assert json.loads(text("json")) == {"format": "prikaz", "version": "1.0", "documents": []}
    assert text("jsonl") == ""


def test_jsonl_is_one_document_a_line() -> None:
    lines = text("jsonl", sample(), in_review()).splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["ok", "review"]


def test_values_stand_as_the_contract_writes_them() -> None:
    plain = json.loads(text("jsonl", sample()))
    assert plain["date"] == "2023-02-03"
    assert plain["activities"][0]["deadline"]["intervals"] == [{"start": "2023-03-01", "end": "2023-03-31"}]
    assert plain["activities"][0]["form"] is None
    assert plain["indicators"][0]["values"] == {"2022/2023": "0.68", "2021/2022": "0.5"}
    assert "Семинар для учителей" in text("json", sample())


def test_keys_stand_in_the_order_of_the_model() -> None:
    assert list(json.loads(to_json(sample()))) == list(Document.model_fields)


@given(document=documents())
@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_any_document_is_exported_and_validates(document: Document) -> None:
    plain = json.loads(text("json", document))
    assert Export.model_validate(plain).documents == [document]
    Draft202012Validator(export_schema()).validate(plain)


def test_a_number_that_is_none_is_impossible() -> None:
    nowhere = Locator(block=0, spans=[Span(page=1, bbox=(0.0, 0.0, float("nan"), 1.0))])
    directive = sample().directives[0].model_copy(update={"locator": nowhere})
    with pytest.raises(ValueError, match="not JSON compliant"):
        text("json", sample(directives=[directive]))


def test_the_schema_is_a_schema() -> None:
    schema = export_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["$id"], schema["version"]) == ("urn:prikaz:export:1.0", "1.0")


def test_the_committed_schema_is_fresh() -> None:
    committed = ROOT / "schemas" / "prikaz-1.0.schema.json"
    assert committed.read_text(encoding="utf-8") == schema_text(), "run: prikaz schema > schemas/prikaz-1.0.schema.json"


@pytest.mark.parametrize(("field", "value"), [("date", "03.02.2023"), ("kind", "приказ"), ("number", ""), ("id", "17")])
def test_the_schema_refuses_what_the_contract_refuses(field: str, value: str) -> None:
    plain = json.loads(text("json", sample()))
    plain["documents"][0][field] = value
    checker = Draft202012Validator(export_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert not checker.is_valid(plain)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_documents_give_the_same_bytes(format_name: str) -> None:
    assert text(format_name, sample(), in_review()) == text(format_name, sample(), in_review())


def test_a_file_appears_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "e.json", ["{", "}\n"])
    assert (tmp_path / "e.json").read_text() == "{}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["e.json"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "e.json"
    target.write_text("old")

    def pieces() -> object:
        yield "new"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_whole(target, pieces())  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["e.json"]
