"""Public pages kept for a moment: shared by visitors without a session, each answer with its own nonce."""

from __future__ import annotations

import itertools
import re

import pytest
from flask import Flask, make_response, session

from app.web import headers, shared_pages


@pytest.fixture
def visits():
    return itertools.count(1)


@pytest.fixture
def app(visits, monkeypatch):
    made = Flask("shared")
    monkeypatch.setattr(shared_pages.languages, "current", lambda: "en")

    @made.get("/list")
    @shared_pages.shared
    def listing():
        return f'<p>{next(visits)}</p><script nonce="{headers.csp_nonce()}"></script>'

    @made.get("/own")
    def own():
        return str(next(visits))

    @made.get("/greeting")
    @shared_pages.shared
    def greeting():
        answer = make_response(str(next(visits)))
        answer.set_cookie("seen", "yes")
        return answer

    @made.get("/welcome")
    @shared_pages.shared
    def welcome():
        session["seen"] = next(visits)
        return str(session["seen"])

    made.secret_key = "a secret of this test alone"
    headers.install(made, is_https=False)
    shared_pages.install(made)
    return made


def nonce(answer) -> str:
    (inside,) = re.findall(r'nonce="([^"]+)"', answer.text)
    assert f"'nonce-{inside}'" in answer.headers["Content-Security-Policy"]
    return inside


def test_a_page_is_made_once_and_each_answer_has_its_own_nonce(app):
    client = app.test_client(use_cookies=False)
    first, second = client.get("/list"), client.get("/list")
    assert first.text.startswith("<p>1</p>")
    assert second.text.startswith("<p>1</p>")
    assert nonce(first) != nonce(second)
    assert client.get("/list?page=2").text.startswith("<p>2</p>")


def test_it_is_made_again_after_a_moment(app, monkeypatch):
    client, clock = app.test_client(use_cookies=False), [100.0]
    monkeypatch.setattr(shared_pages.time, "monotonic", lambda: clock[0])
    client.get("/list")
    clock[0] += shared_pages.SECONDS - 0.1
    assert client.get("/list").text.startswith("<p>1</p>")
    clock[0] += 0.1
    assert client.get("/list").text.startswith("<p>2</p>")


def test_who_has_a_session_and_pages_that_are_not_marked_share_nothing(app):
    client = app.test_client()
    client.set_cookie("session", "anything")
    assert [client.get("/list").text[:8] for _ in range(2)] == ["<p>1</p>", "<p>2</p>"]
    visitor = app.test_client(use_cookies=False)
    assert [visitor.get("/own").text for _ in range(2)] == ["3", "4"]
    assert [visitor.get("/greeting").text for _ in range(2)] == ["5", "6"]


def test_the_oldest_page_goes_when_there_are_too_many(app, monkeypatch):
    monkeypatch.setattr(shared_pages, "MOST_PAGES", 2)
    client = app.test_client(use_cookies=False)
    for number in (1, 2, 3):
        client.get(f"/list?page={number}")
    assert client.get("/list?page=3").text.startswith("<p>3</p>")
    assert client.get("/list?page=1").text.startswith("<p>4</p>")


def test_a_page_that_begins_a_session_is_nobody_elses(app):
    visitor = app.test_client(use_cookies=False)
    answers = [visitor.get("/welcome") for _ in range(2)]
    assert [answer.text for answer in answers] == ["1", "2"]
    assert all("session=" in answer.headers["Set-Cookie"] for answer in answers)


def test_the_oldest_pages_go_when_all_are_too_large_together(app, monkeypatch):
    client = app.test_client(use_cookies=False)
    client.get("/list?page=1")
    size = len(client.get("/list?page=1").data)
    monkeypatch.setattr(shared_pages, "MOST_BYTES", 2 * size)
    for number in (2, 3):
        client.get(f"/list?page={number}")
    assert client.get("/list?page=3").text.startswith("<p>3</p>")
    assert client.get("/list?page=2").text.startswith("<p>2</p>")
    assert client.get("/list?page=1").text.startswith("<p>4</p>")


def test_a_page_that_is_made_again_counts_once(app, monkeypatch):
    client, clock = app.test_client(use_cookies=False), [100.0]
    monkeypatch.setattr(shared_pages.time, "monotonic", lambda: clock[0])
    client.get("/list?page=1")
    size = len(client.get("/list?page=1").data)
    monkeypatch.setattr(shared_pages, "MOST_BYTES", 2 * size)
    client.get("/list?page=2")
    clock[0] += shared_pages.SECONDS + 1
    client.get("/list?page=2")
    client.get("/list?page=2")
    clock[0] -= 1.5
    assert client.get("/list?page=1").text.startswith("<p>1</p>")
