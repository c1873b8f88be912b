"""What comes from a source, a file or a form joins its group, and leaves with the import that brought it."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import InputError
from segmentation.intake.joining import JoinRule, make_rule, rules_from_json, rules_to_json
from segmentation.results import Statement
from segmentation.workspace import Workspace
from segmentation.workspace.joining import apply_rule, keep_rules, people_of, rule_of, rules

FILE = (
    "Prénom;E-mail;Page de conversion;Centres d'intérêt;Stand\n"
    "Ana;ana@example.com;/Guide-Maison;thé, café;Nord\n"
    "Bob;bob@example.com;/guide appartement;Café;sud\n"
    "Eva;eva@example.com;;;\n"
)
RULES = (
    JoinRule("file", "starts_with", "SALON", "Salon"),
    JoinRule("conversion_page", "is", "/guide maison", "Recherche maison"),
    JoinRule("conversion_page", "contains", "guide", "Guides"),
    JoinRule("interests", "is", "cafe", "Amateurs de café"),
    JoinRule("own:stand", "is", "nord", "Stand nord"),
    JoinRule("source", "is", "brevo", "Brevo"),
)
GIVEN = {
    "Salon": [1, 2, 3],
    "Recherche maison": [1],
    "Guides": [1, 2],
    "Amateurs de café": [1, 2],
    "Stand nord": [1],
}


@pytest.fixture
def base(tmp_path: Path):
    with Workspace.open(tmp_path / "base.duckdb", author="Ana") as workspace:
        yield workspace


def bring(base: Workspace, name: str = "Salon 2026.csv") -> int:
    path = base.database.workdir / "file"
    path.write_text(FILE, encoding="utf-8")
    table = base.read(path, name=name)
    with base.prepare(base.request(table, base.recognise(table))) as prepared:
        assert prepared.preview.joined == {g: len(p) for g, p in sorted(groups_of(base, prepared).items())}
        return base.commit(prepared).import_id


def groups_of(base: Workspace, _prepared: object) -> dict[str, list[int]]:
    return GIVEN if rules(base) else {}


def groups(base: Workspace) -> dict[str, list[int]]:
    sql = "SELECT name, list(contact_id ORDER BY contact_id) FROM memberships GROUP BY name"
    return {str(name): list(people) for name, people in base.database.run(Statement(sql)).rows}  # type: ignore[call-overload]


def test_rules_apply_at_import_with_their_origin_and_leave_with_it(base: Workspace) -> None:
    keep_rules(base, [*RULES, RULES[0]])
    assert rules(base) == RULES
    number = bring(base)
    assert groups(base) == GIVEN
    sql = "SELECT DISTINCT origin FROM import_memberships WHERE name = 'Stand nord'"
    assert rule_of(str(base.database.run(Statement(sql)).rows[0][0])) == RULES[4]
    joined = base.report("contact", contact=1).sheets["joined"].rows
    assert [row[0] for row in joined] == sorted(group for group, people in GIVEN.items() if 1 in people)
    assert {row[2] for row in joined} == {"Salon 2026.csv"}
    assert base.check() == {}
    base.undo(number)
    assert groups(base) == {}


def test_a_rule_is_given_to_who_is_already_there_and_taken_back(base: Workspace) -> None:
    bring(base)
    assert groups(base) == {}
    for rule in RULES[:5]:
        assert list(people_of(base, rule)) == GIVEN[rule.group], rule
    written = apply_rule(base, RULES[0])
    assert (written.contacts, groups(base)) == (3, {"Salon": [1, 2, 3]})
    with pytest.raises(InputError) as caught:
        apply_rule(base, RULES[0])
    assert caught.value.code == "error.contact.tagged"
    with pytest.raises(InputError):
        apply_rule(base, RULES[5])
    base.undo(written.import_id)
    assert groups(base) == {}


def test_a_file_without_the_column_is_left_alone(base: Workspace) -> None:
    keep_rules(base, [RULES[1]])
    path = base.database.workdir / "file"
    path.write_text("Prénom;E-mail\nLuc;luc@example.com\n", encoding="utf-8")
    table = base.read(path, name="x.csv")
    with base.prepare(base.request(table, base.recognise(table))) as prepared:
        assert prepared.preview.joined == {}


def test_what_is_no_rule_is_refused_or_left_out() -> None:
    for text, group, code in ((" - ", "A", "error.join.text"), ("a", "  ", "error.join.group")):
        with pytest.raises(InputError) as caught:
            make_rule("file", "is", text, group)
        assert caught.value.code == code
    made = make_rule("file", "nonsense", "  a  b ", " A ")
    assert made == JoinRule("file", "is", "a b", "A")
    assert rules_from_json(rules_to_json([made])) == (made,)
    assert rules_from_json("x") == rules_from_json([{"what": "file"}, 3]) == rules_from_json(None) == ()
