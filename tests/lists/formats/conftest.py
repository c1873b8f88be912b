"""Seven people, some hostile, and the bytes of their list in a format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from segmentation.criteria.codec import segment_from_json
from segmentation.i18n import words
from segmentation.lists.making import ListRequest
from segmentation.workspace import Workspace

FILE = (
    "Id;Civilité;Prénom;Nom;Société;E-mail;Mobile;Téléphone;Adresse;CP;Ville;Pays;Date de naissance;"
    "Accepte e-mails;Accepte SMS\n"
    "C1;Mme;Éloïse;Dupont;;eloise@example.com;06 39 98 00 01;;12 rue des Lilas;01000;Bourg-en-Bresse;France;"
    "02/03/1990;oui;oui\n"
    "C2;M.;Jean;L'Été;;jean@example.com;06 39 98 00 02;;3 rue d’Or;69003;Lyon;France;;oui;non\n"
    "C3;;Marie;Œuf;;marie@example.com;;01 99 00 00 03;5 quai Sud;69002;Lyon;France;;oui;\n"
    'C4;;=cmd|\'/c calc\'!A1;"Roy; ""le Grand""";;roy@example.com;;;-1+1;75001;@SUM(1);France;;oui;non\n'
    "C5;;;;SAS Dao;contact@dao.example.com;;;8 rue B;1000;Bruxelles;Belgique;;oui;oui\n"
    "C6;Mme;Rose;Refus;;rose@example.com;06 39 98 00 06;;9 rue C;69003;Lyon;France;;non;oui\n"
    "C7;Dr;Ali;Kaya;;;06 39 98 00 07;;10 rue D;69003;Lyon;France;;;oui\n"
)
"""Rose refused e-mails, Ali has none; Jean refused text messages, nothing is known of Marie's."""


@pytest.fixture(scope="package")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("formats")
    (folder / "clients.csv").write_text(FILE, encoding="utf-8")
    with Workspace.open(folder / "base.duckdb", author="Colette") as base:
        base.set_as_of(date(2026, 11, 22))
        table = base.read(folder / "clients.csv")
        with base.prepare(base.request(table, base.recognise(table))) as prepared:
            base.commit(prepared)
        yield base


@pytest.fixture(scope="package")
def taken(shop: Workspace) -> Callable[..., bytes]:
    """taken("brevo", channel="email", columns=("city",), language="fr") → the file."""

    def take(form: str, channel: str = "email", columns: tuple[str, ...] = (), language: str = "fr") -> bytes:
        out = io.BytesIO()
        asked = ListRequest(segment_from_json({"all": []}), "Tous", channel, form, columns)
        shop.write_list(out, asked, words(language), file_name=f"tous.{form}")
        return out.getvalue()

    return take
