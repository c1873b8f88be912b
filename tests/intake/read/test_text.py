"""Text files of every shape become the table a person sees in them; every record is accounted for."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import InputError
from segmentation.intake.read import ReadOptions, Table, read_file

CLIENTS = [
    ["N° client", "Prénom", "Ville", "Remarque"],
    ["00012", "Élodie", "Saint-Étienne", "à rappeler ; jamais le soir"],
    ["00013", "Zoé", "Lyon", 'dit "bonjour"'],
    ["00014", "François", "Besançon", "deux\nlignes"],
    ["00015", "Hélène", "Nîmes", ""],
]


def written(rows: list[list[str]], *, delimiter: str = ";", end: str = "\r\n") -> str:
    lines = []
    for row in rows:
        cells = [
            '"' + c.replace('"', '""') + '"' if any(x in c for x in f'{delimiter}"\r\n') else c for c in row
        ]
        lines.append(delimiter.join(cells))
    return end.join(lines) + end


def table(tmp_path: Path, data: bytes | str, options: ReadOptions | None = None) -> Table:
    path = tmp_path / "dropped"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_file(path, name="clients.csv", workdir=tmp_path, options=options)
    kept = list(found.rows())
    assert len(kept) + found.rows_refused == found.rows_read
    assert all(len(cells) == len(found.headers) for _, cells in kept)
    return found


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15", "mac_roman", "cp850"],
)
def test_any_usual_dialect_and_encoding(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    found = table(tmp_path, written(CLIENTS, delimiter=delimiter, end=end).encode(encoding))
    assert list(found.headers) == CLIENTS[0]
    assert found.sample(9) == CLIENTS[1:]
    assert (found.delimiter, found.header_row, found.rows_refused) == (delimiter, 1, 0)


@pytest.mark.parametrize(
    ("text", "encoding", "cell"),
    [
        ("prix;nom\n10 €;Sœur\n12 €;Œuvre d’été\n", "cp1252", "10 €"),
        ("prix;nom\n10 €;cœur\n12 €;bœuf été\n", "iso8859-15", "10 €"),
        ("nom;ville\nDurand\u00a0;Paris\nPetit\u00a0;Lyon\n", "cp1252", "Durand\u00a0"),
    ],
)
def test_encodings_that_differ_by_few_bytes(tmp_path: Path, text: str, encoding: str, cell: str) -> None:
    found = table(tmp_path, text.encode(encoding))
    assert found.encoding == encoding
    assert found.sample(1)[0][0] == cell


def test_a_late_accent_is_read_too(tmp_path: Path) -> None:
    lines = [f"{n};nom{n};Lyon" for n in range(200_000)]
    lines[150_000] = "150000;Zoé;Besançon"
    found = table(tmp_path, ("id;nom;ville\n" + "\n".join(lines) + "\n").encode("cp1252"))
    assert next(cells for row, cells in found.rows() if row == 150_002) == ["150000", "Zoé", "Besançon"]


def test_a_stray_foreign_byte_in_utf8_is_read_and_noted(tmp_path: Path) -> None:
    data = ("id;nom\n" + "".join(f"{n};Zoé\n" for n in range(100))).encode() + b"100;Ren\xe9\n"
    found = table(tmp_path, data)
    assert found.encoding == "utf-8"
    assert list(found.rows())[-1][1] == ["100", "René"]
    assert "read.mixed_encoding" in found.notes


def test_a_text_no_western_file_holds_is_doubted(tmp_path: Path) -> None:
    found = table(tmp_path, "名前,年齢\nジョン,12\n太郎,13\n花子,14\n".encode("shift_jis"))
    assert "read.encoding_unsure" in found.notes


SHAPES: list[tuple[str, str, int, list[str], list[list[str]]]] = [
    ("sep line", "sep=;\nid;nom\n1;Zoé\n", 2, ["id", "nom"], [["1", "Zoé"]]),
    ("preamble", "Export du 12/03\n\nid;nom;ville\n1;Zoé;Lyon\n2;Jean;Nice\n", 3, ["id", "nom", "ville"], []),
    (
        "repeated names",
        "nom;nom;;nom\na;b;c;d\n",
        1,
        ["nom", "nom (2)", "C", "nom (3)"],
        [["a", "b", "c", "d"]],
    ),
    ("old Mac", "id;nom\r1;Zoé\r2;Jean\r", 1, ["id", "nom"], [["1", "Zoé"], ["2", "Jean"]]),
    ("mixed ends", "id;nom\r\n1;Zoé\n2;Jean\r\n", 1, ["id", "nom"], [["1", "Zoé"], ["2", "Jean"]]),
    ("return inside", 'id;nom\r\n1;"a\r\nb"\r\n', 1, ["id", "nom"], [["1", "a\r\nb"]]),
    (
        "single quotes",
        "id;nom;v\n1;'a;b';x\n2;'c;d';y\n3;'e';z\n",
        1,
        ["id", "nom", "v"],
        [["1", "a;b", "x"]],
    ),
    ("no header", "12;zoe@x.fr;Lyon\n13;luc@x.fr;Nice\n", 0, ["A", "B", "C"], [["12", "zoe@x.fr", "Lyon"]]),
    (
        "runs of spaces",
        " id  date amount\n 001 19970101  11.77\n 002 19970102   2.00\n",
        1,
        [],
        [["001", "19970101", "11.77"]],
    ),
    (
        "spaces without header",
        " 0001 19970101  2\n 0002 19970102  1\n 0003 19970103  1\n",
        0,
        ["A", "B", "C"],
        [],
    ),
    ("one column", "email\na@x.fr\nb@x.fr\n", 1, ["email"], [["a@x.fr"], ["b@x.fr"]]),
    ("names with commas", 'nom,note\nDurand,"1,5"\nPetit,"2,5"\n', 1, ["nom", "note"], [["Durand", "1,5"]]),
    ("decimal commas", "id;prix;poids\n1;1,50;2,5\n2;3,20;1,0\n", 1, [], [["1", "1,50", "2,5"]]),
    ("backslash escape", 'id,note\n1,"il dit \\"oui\\" ici"\n2,"b"\n', 1, [], [["1", 'il dit "oui" ici']]),
    (
        "trailing names",
        "id,nom,ville,\n1,Zoé,Lyon\n2,Jean,Nice\n",
        1,
        ["id", "nom", "ville"],
        [["1", "Zoé", "Lyon"]],
    ),
    ("short rows", "id,nom,ville\n1,Zoé\n2,Jean\n3,Luc\n", 1, ["id", "nom", "ville"], [["1", "Zoé", ""]]),
    ("spaces after commas", 'a, b\n1, "x, y"\n2, "z"\n', 1, ["a", "b"], [["1", "x, y"], ["2", "z"]]),
    (
        "row names of R",
        "nom,ville\n1,Zoé,Lyon\n2,Jean,Nice\n3,Luc,Metz\n4,Ada,Brest\n",
        1,
        ["A", "nom", "ville"],
        [],
    ),
    ("header only", "id;nom;ville\n", 1, ["id", "nom", "ville"], []),
]


@pytest.mark.parametrize(
    ("text", "row", "headers", "rows"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES]
)
def test_shapes(tmp_path: Path, text: str, row: int, headers: list[str], rows: list[list[str]]) -> None:
    found = table(tmp_path, text)
    assert found.header_row == row
    assert not found.refused
    if headers:
        assert list(found.headers) == headers
    assert found.sample(len(rows)) == rows


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    found = table(tmp_path, 'Export\n\nid;nom;ville\n1;"a\nb";Lyon\n\n;;\n2;c;Nice;trop\n3;d;Metz\n')
    assert [row for row, _ in found.rows()] == [4, 8]
    assert [(r.row_number, r.reason, r.values) for r in found.refused] == [
        (7, "reject.width", ("2", "c", "Nice", "trop"))
    ]
    assert (found.skipped, found.header_row, found.rows_read) == (2, 3, 3)


@pytest.mark.parametrize(
    ("line", "kept", "reason"),
    [
        ("3;Zoé", False, "reject.width"),
        ("3;Zoé;Lyon;", False, "reject.width"),
        ("3,Zoé,Lyon", False, "reject.width"),
        ('3;"Zoé;Lyon', True, ""),
        ('3;Tv 48";Lyon', True, ""),
        ('3;"Zoé";"Ly"on', True, ""),
        ('3;"Zoé;Lyon;Nice', False, "reject.quote"),
        ('3;"Zoé;Ly;on"', False, "reject.width"),
    ],
)
def test_a_polluted_record_harms_only_itself(tmp_path: Path, line: str, kept: bool, reason: str) -> None:
    good = [f'{n};"Jean {n}";Lyon' for n in range(10, 400)]
    lines = [*good[:200], line, *good[200:]]
    found = table(tmp_path, "id;nom;ville\n" + "\n".join(lines) + "\n")
    rows = [cells for _, cells in found.rows()]
    assert [cells for cells in rows if cells[0] != "3"] == [
        [str(n), f"Jean {n}", "Lyon"] for n in range(10, 400)
    ]
    assert (len(rows) == 391) == kept
    assert [refused.reason for refused in found.refused] == ([] if kept else [reason])


def test_two_stray_quotes_do_not_swallow_the_rows_between_them(tmp_path: Path) -> None:
    lines = ["1;a;b", '2;"open;b', "3;a;b", "4;a;b", '5;close";b', "6;a;b"]
    found = table(tmp_path, "id;nom;ville\n" + "\n".join(lines))
    assert [cells[0] for _, cells in found.rows()] == ["1", "2", "3", "4", "5", "6"]


def test_a_quote_closed_by_a_polluted_row_harms_that_row_only(tmp_path: Path) -> None:
    lines = ["1;a;b", '2;"open;b', '3;a";b;trop', "4;a;b"]
    found = table(tmp_path, "id;nom;ville\n" + "\n".join(lines))
    assert [cells[0] for _, cells in found.rows()] == ["1", "2", "4"]
    assert [refused.row_number for refused in found.refused] == [4]


def test_lone_returns_between_quoted_rows_end_them(tmp_path: Path) -> None:
    text = '"id";"nom";"v"\r\n"1";"a";"x"\r"2";"b";"y"\r\n"3";"c\rd";"z"\r\n'
    assert table(tmp_path, text).sample(9) == [["1", "a", "x"], ["2", "b", "y"], ["3", "c\rd", "z"]]


def test_a_quote_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    lines = [f"{n};Jean;Lyon" for n in range(100_000)]
    lines[50] = '50;"Jean;Lyon'
    found = table(tmp_path, "id;nom;ville\n" + "\n".join(lines))
    assert found.rows_read == 100_000
    assert found.rows_refused == 0
    assert found.sample(51)[50] == ["50", '"Jean', "Lyon"]


@pytest.mark.parametrize(
    "footer",
    [
        "Total;;;30,50",
        "Total général;2;;30,50",
        ";;Total;30,50",
        "Généré le 12/03/2024 par Machin",
        "2 lignes exportées;;;",
    ],
)
def test_totals_and_signatures_are_refused_as_footers(tmp_path: Path, footer: str) -> None:
    found = table(tmp_path, f"id;nom;ville;prix\n1;Total;Lyon;10,00\n2;Jean;Nice;20,50\n{footer}\n")
    assert [cells[1] for _, cells in found.rows()] == ["Total", "Jean"]
    assert [(r.row_number, r.reason) for r in found.refused] == [(4, "reject.footer")]


def test_a_subtotal_inside_the_table_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"{n};Jean;Lyon;1,00\n" for n in range(60))
    found = table(tmp_path, f"id;nom;ville;prix\n{rows}Sous-total;;;60,00\n{rows}")
    assert [(r.row_number, r.reason) for r in found.refused] == [(62, "reject.footer")]


def test_invisible_characters_go_and_are_noted(tmp_path: Path) -> None:
    found = table(tmp_path, b"id;nom\n1;Z\x00o\n2;a\x0bb\n")
    assert found.sample(2) == [["1", "Zo"], ["2", "a b"]]
    assert "read.nul_removed" in found.notes


def test_what_the_user_decides_wins(tmp_path: Path) -> None:
    text = "1;2,5\n3;4,5\n"
    found = table(tmp_path, text, ReadOptions(delimiter=",", header_row=1))
    assert (found.delimiter, found.headers) == (",", ("1;2", "5"))
    found = table(tmp_path, "é;1\n".encode(), ReadOptions(encoding="latin-1", header_row=0))
    assert found.sample(1) == [["Ã©", "1"]]
    found = table(tmp_path, 'titre\nid;nom\n1;"Zoé\n2;b"\n', ReadOptions(header_row=2, quote=""))
    assert found.sample(3) == [["1", '"Zoé'], ["2", 'b"']]
    with pytest.raises(InputError, match=r"error\.read\.bad_delimiter"):
        table(tmp_path, text, ReadOptions(delimiter=";;"))
    with pytest.raises(InputError, match=r"error\.read\.unknown_encoding"):
        table(tmp_path, text, ReadOptions(encoding="klingon"))


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "error.read.empty"),
    ("blank", b"\n \n\t\n", "error.read.empty"),
    ("image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "error.read.image"),
    ("pdf", b"%PDF-1.7\n", "error.read.pdf"),
    ("gzip", b"\x1f\x8b\x08\x00" + bytes(100), "error.read.compressed"),
    ("random", bytes((n * 7919) % 251 for n in range(5000)), "error.read.binary"),
    (
        "20,000 columns",
        (";".join(f"c{n}" for n in range(20_000)) + "\n" + ";" * 19_999 + "x\n").encode(),
        "error.read.columns",
    ),
    ("endless line", b"x" * 5_000_000, "error.read.line_too_long"),
]


@pytest.mark.parametrize(("data", "code"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_what_is_no_table_ends_in_one_sentence(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        table(tmp_path, data)
    assert caught.value.code == code
    assert not list(tmp_path.glob("read-*"))


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as out:
        out.truncate(310 * 1024 * 1024)
    with pytest.raises(InputError, match=r"error\.read\.too_big"):
        read_file(path, name="huge.csv", workdir=tmp_path)


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\";,|\t\n'#"),
    max_size=12,
)


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
)
def test_any_table_written_as_csv_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, end: str, bom: bool
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "any.csv"
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
        writer.writerows([["id client", "prénom", "ville"], *rows])
    found = read_file(
        path, name="any", workdir=folder, options=ReadOptions(delimiter=delimiter, quote='"', header_row=1)
    )
    blank = [row for row in rows if not any(cell.strip(" ") for cell in row)]
    assert found.rows_read >= len(rows) - len(blank) - sum(not "".join(row).strip() for row in rows)
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    footers = {r.row_number for r in found.refused}
    assert [cells for _, cells in found.rows() if any(cell.strip() for cell in cells)] == [
        row for number, row in enumerate(rows, 2) if row in expected and number not in footers
    ]


@settings(max_examples=80)
@given(data=st.binary(max_size=400) | st.text("ab\";,\n\r\t'\\ é", max_size=200).map(str.encode))
def test_any_bytes_end_in_a_table_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    with suppress(InputError):
        table(folder, data)


@pytest.mark.parametrize(
    ("text", "headers", "rows"),
    [
        (
            "Client;;Commande;\nNom;Ville;Date;Montant\nR;Lyon;01/02/2024;12\nP;Pau;02/02/2024;8\nB;Nice;03/02/2024;9\n",
            ("Nom", "Ville", "Date", "Montant"),
            3,
        ),
        (
            "Nom;Date;Montant\ndu client;de vente;en euros\nR;01/02/2024;12\nP;02/02/2024;8\nB;3/2/2024;9\n",
            ("Nom du client", "Date de vente", "Montant en euros"),
            3,
        ),
        ("Nom;Ville\nRoy;Lyon\nPetit;Paris\nBon;Nice\n", ("Nom", "Ville"), 3),
        ("Nom;Date\nRoy;inconnue\nPetit;02/02/2024\nBon;03/02/2024\nRoy;04/02/2024\n", ("Nom", "Date"), 4),
    ],
    ids=["groups above", "two rows of titles", "words only", "one row of words"],
)
def test_titles_over_several_rows(tmp_path: Path, text: str, headers: tuple[str, ...], rows: int) -> None:
    found = table(tmp_path, text)
    assert found.headers == headers
    assert len(list(found.rows())) == rows
