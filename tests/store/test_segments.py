"""Saved segments: versions, names, deletion and its return."""

from __future__ import annotations

import pytest

from segmentation.errors import CriterionError
from segmentation.store.database import Database
from segmentation.store.segments import (
    delete_segment,
    find_segment,
    read_segments,
    read_versions,
    save_segment,
    undelete_segment,
)

EVERYONE = {"all": []}


def test_each_save_is_a_version_under_a_key_that_stays(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        first = save_segment(session, " Été  à la mer ! ", definition=EVERYONE, colour="teal", author="Ana")
        second = save_segment(session, "Hiver", definition={"any": []}, key=first.key, note="n")
    assert (first.key, first.name, first.version) == ("ete-a-la-mer", "Été à la mer !", 1)
    assert (second.key, second.name, second.version, second.definition) == (
        "ete-a-la-mer",
        "Hiver",
        2,
        {"any": []},
    )
    assert [row.version for row in read_versions(base, first.key)] == [2, 1]
    newest, oldest = read_versions(base, first.key)
    assert oldest.definition == EVERYONE
    assert oldest.updated_at == first.updated_at < newest.updated_at == second.updated_at
    assert newest.created_at == oldest.created_at == first.created_at
    assert find_segment(base, "HIVER").key == find_segment(base, "ete-a-la-mer").key == first.key


def test_names_are_given_and_unique(base: Database) -> None:
    before = base.version
    with base.session() as session, session.transaction(write=True):
        save_segment(session, "VIP", definition=EVERYONE)
        for name, code in (("  ", "error.segment.nameless"), ("vip", "error.segment.taken")):
            with pytest.raises(CriterionError) as refusal:
                save_segment(session, name, definition=EVERYONE)
            assert refusal.value.code == code
        with pytest.raises(CriterionError):
            save_segment(session, "x", definition=EVERYONE, key="unknown")
    assert base.version == before + 1
    with pytest.raises(CriterionError):
        find_segment(base, "nobody")


def test_a_deletion_can_be_taken_back_and_never_frees_the_key(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        saved = save_segment(session, "VIP", definition=EVERYONE)
        delete_segment(session, saved.key)
        assert read_segments(session) == ()
        assert [row.key for row in read_segments(session, deleted=True)] == ["vip"]
        other = save_segment(session, "VIP", definition=EVERYONE)
        assert other.key == "vip-2"
        delete_segment(session, other.key)
        undelete_segment(session, saved.key)
    assert [row.key for row in read_segments(base)] == ["vip"]


def test_a_name_without_a_letter_still_has_a_key(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        assert save_segment(session, "日本", definition=EVERYONE).key == "segment"
        assert save_segment(session, "***", definition=EVERYONE).key == "segment-2"
