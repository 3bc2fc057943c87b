"""The night: visitors look, applicants submit, the server is killed, and everyone tries again."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.load.browser import Answer, Browser, Clocks, Lost, hidden_fields
from tests.load.serving import Server
from tests.load.town import Applicant, Town

TRIES = 60
_NUMBER = re.compile(r"\bA-\d{4}-\d{6,}-[0-9A-Z]\b")


@dataclass
class Story:
    """What the night left behind: `acknowledged` maps a draft to the number its owner was shown."""

    clocks: Clocks = field(default_factory=Clocks)
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    odd: Counter[str] = field(default_factory=Counter)
    started_again: list[float] = field(default_factory=list)


async def play(town: Town, server: Server, *, clients: int, views: int, kills: int, seed: int) -> Story:
    """Play the night to its end: every applicant is acknowledged or refused, every view was tried."""
    story, dice = Story(), random.Random(seed)
    people = [*((True, one) for one in town.applicants), *((False, one) for one in town.late)]
    dice.shuffle(people)
    queue = iter(people)
    looks = iter(range(max(0, views - 3 * len(people))))
    total = len(people)
    crowd = [asyncio.create_task(_applicants(queue, server.port, story, dice)) for _ in range(clients // 2)]
    crowd += [
        asyncio.create_task(_visitor(looks, server.port, town.pages, story, dice))
        for _ in range(clients - clients // 2)
    ]
    for blow in range(kills):
        goal = total * (blow + 1) // (kills + 1)
        while len(story.acknowledged) + len(story.refused) < goal:
            await asyncio.sleep(0.05)
        server.kill()
        story.started_again.append(await asyncio.to_thread(server.start, "/health"))
    await asyncio.gather(*crowd)
    return story


async def _applicants(
    queue: Iterator[tuple[bool, Applicant]], port: int, story: Story, dice: random.Random
) -> None:
    for is_in_time, applicant in queue:
        browser = Browser(port, story.clocks, applicant.cookie)
        await _apply(browser, applicant, is_in_time, story, dice)
        browser.leave()


async def _apply(
    browser: Browser, applicant: Applicant, is_in_time: bool, story: Story, dice: random.Random
) -> None:
    place = f"/my/applications/{applicant.application_id}"
    for _ in range(TRIES):
        try:
            await browser.ask("look", f"{place}/review")
            page = await browser.ask("look", f"{place}/submit")
            if _leads_to_receipt(page):  # it was received before; the answer was lost
                return await _read_receipt(browser, applicant, page.location, story)
            answer = await browser.ask("submit", f"{place}/submit", _filled(page))
            if _leads_to_receipt(answer):
                return await _read_receipt(browser, applicant, answer.location, story)
            if answer.status == 422 and "NOT submitted" in answer.text:
                story.refused[applicant.application_id] = answer.text
                return None
            story.odd[f"{page.status} and {answer.status}, in time: {is_in_time}"] += 1
        except Lost:
            pass
        await asyncio.sleep(dice.uniform(0.3, 2))
    story.odd["gave up"] += 1
    return None


def _leads_to_receipt(answer: Answer) -> bool:
    return answer.status == 303 and "/receipt" in answer.location


async def _read_receipt(browser: Browser, applicant: Applicant, path: str, story: Story) -> None:
    """Read the number off the receipt; a redirection to it is an acknowledgement even when it is lost."""
    story.acknowledged.setdefault(applicant.application_id, "")
    try:
        receipt = await browser.ask("look", path)
    except Lost:
        return
    found = _NUMBER.search(receipt.text)
    if found is None:
        story.odd[f"receipt {receipt.status} without a number"] += 1
    else:
        story.acknowledged[applicant.application_id] = found[0]


def _filled(page: Answer) -> dict[str, str]:
    return hidden_fields(page.text) | {"declaration": "y", "submit": "y"}


async def _visitor(
    looks: Iterator[int], port: int, pages: list[str], story: Story, dice: random.Random
) -> None:
    browser = Browser(port, story.clocks)
    for _ in looks:
        for _again in range(TRIES):
            try:
                answer = await browser.ask("view", dice.choice(pages))
            except Lost:
                await asyncio.sleep(dice.uniform(0.3, 2))
                continue
            if answer.status != 200:
                story.odd[f"view {answer.status}"] += 1
            break
    browser.leave()
