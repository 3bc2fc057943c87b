"""Ids, storage, actors and settings."""

from __future__ import annotations

import pytest

from app.platform import config, ids
from app.platform.actors import Actor, Grant
from app.platform.errors import Forbidden, Invalid, NotFound
from app.platform.storage import DamagedFile, FileStore

SETTINGS = {"SECRET_KEY": "k" * 32, "MERITUM_DATA": "somewhere"}


def test_ids_are_typed_unguessable_and_sort_by_time():
    made = [ids.new_id("pst") for _ in range(200)]
    assert len(set(made)) == 200
    assert all(ids.is_id(text, "pst") for text in made)
    assert not any(ids.is_id(text, "app") for text in made)
    assert not ids.is_id("pst_" + "u" * 26, "pst")
    assert not ids.is_id(made[0] + "\n", "pst")


def test_seeded_ids_come_out_the_same_but_for_their_time():
    def make() -> list[str]:
        numbers = iter(range(1, 4))
        with ids.seeded(lambda _bits: next(numbers)):
            return [ids.new_id("pst")[-16:] for _ in range(3)]

    assert make() == make()


def test_a_file_is_stored_under_its_digest_once_and_checked_when_read(tmp_path):
    store = FileStore(tmp_path)
    digest = store.put(b"content")
    assert store.put(b"content") == digest
    assert store.get(digest) == b"content"
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(b"changed")
    with pytest.raises(DamagedFile):
        store.get(digest)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 64, "G" * 64])
def test_a_name_that_is_no_digest_is_not_found(tmp_path, digest):
    with pytest.raises(NotFound):
        FileStore(tmp_path).get(digest)


def test_permissions_hold_in_their_agency_only():
    actor = Actor(id="a", name="A", grants=(Grant("exams.*", "one"), Grant("notices.show", None)))
    assert actor.may("exams.merit_lists.publish", "one")
    assert not actor.may("exams.merit_lists.publish", "two")
    assert actor.may("exams.merit_lists.publish")
    assert actor.may("notices.show", "two")
    assert not actor.may("examsx.merit_lists.publish", "one")
    assert actor.agencies("exams.keys.decide") == {"one"}
    assert actor.agencies("notices.show") is None
    assert actor.agencies("personnel.x.y") == frozenset()
    with pytest.raises(Forbidden):
        actor.demand("exams.merit_lists.publish", "two")


def test_settings_refuse_what_cannot_be_meant():
    with pytest.raises(config.ConfigError, match="SECRET_KEY"):
        config.from_environ({})
    with pytest.raises(config.ConfigError, match="MERITUM_DEMONSTRATION must be on or off, not “perhaps”"):
        config.from_environ(SETTINGS | {"MERITUM_DEMONSTRATION": "perhaps"})
    read = config.from_environ(SETTINGS | {"MERITUM_URL": "https://jobs.example/", "MERITUM_HOSTS": "a, b,"})
    assert (read.public_url, read.is_https, read.trusted_hosts) == ("https://jobs.example", True, ("a", "b"))
    assert (read.is_demonstration, read.requires_second_factor) == (False, True)


def test_invalid_names_its_fields():
    assert Invalid("Whole form.", title="Enter a title.").fields == {
        "": "Whole form.",
        "title": "Enter a title.",
    }


@pytest.mark.parametrize(
    ("setting", "text", "told"),
    [
        ("MERITUM_LETTER_HOLD", "soon", "must be a number of minutes from 0 to 1440"),
        ("MERITUM_LETTER_HOLD", "-1", "must be a number of minutes from 0 to 1440"),
        ("MERITUM_LETTER_HOLD", "1441", "must be a number of minutes from 0 to 1440"),
        ("MERITUM_SMALLEST_GROUP", "1", "must be a number of people from 2 to 1000"),
        ("MERITUM_SMALLEST_GROUP", "٥x", "must be a number of people from 2 to 1000"),
    ],
)
def test_a_hold_and_a_group_that_cannot_be_meant_are_refused(setting: str, text: str, told: str) -> None:
    with pytest.raises(config.ConfigError, match=f"{setting} {told}"):
        config.from_environ({"SECRET_KEY": "x" * 32, setting: text})


def test_letters_are_held_for_half_an_hour_and_groups_below_five_hidden_unless_told_otherwise() -> None:
    plain = config.from_environ({"SECRET_KEY": "x" * 32})
    assert (plain.letter_hold, plain.smallest_group) == (30, 5)
    told = {"SECRET_KEY": "x" * 32, "MERITUM_LETTER_HOLD": "0", "MERITUM_SMALLEST_GROUP": "10"}
    assert (config.from_environ(told).letter_hold, config.from_environ(told).smallest_group) == (0, 10)
