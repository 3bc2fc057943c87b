"""Someone who has a keyboard and no mouse; wherever the focus goes, it must be seen."""

from __future__ import annotations

from typing import Any

from tests.browser.people import Person

# What has the focus: what it is called, and whether anything of how it is drawn tells that it has it.
_FOCUS = """() => {
  const own = document.activeElement;
  const look = (part, pseudo) => {
    const style = getComputedStyle(part, pseudo);
    return ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'color',
            'borderColor', 'borderWidth', 'textDecorationThickness', 'transform', 'clip', 'clipPath']
      .map(name => style[name]).join('|');
  };
  const labels = [...(own.labels || [])];
  const parts = [own, ...labels];
  const looks = () => parts.map(part => look(part) + look(part, '::before')).join('#');
  const focused = looks();
  own.blur();
  const plain = looks();
  own.focus();
  const box = own.getBoundingClientRect();
  const name = labels.map(label => label.innerText).join(' ') || own.getAttribute('aria-label')
    || own.innerText || own.value || '';
  return {
    tag: own.tagName.toLowerCase(), type: own.type || '', id: own.id,
    name: name.replace(/\\s+/g, ' ').trim(),
    isSeen: focused !== plain,
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
MOST_STOPS = 90


class Typist:
    """A person who goes from control to control with Tab, and uses them with Enter, Space and arrows."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.keys = person.page.keyboard

    def focus(self) -> dict[str, Any]:
        """Give what has the focus, after looking whether it is seen and on the screen."""
        found: dict[str, Any] = self.page.evaluate(_FOCUS)
        assert found["isSeen"], f"{self.page.url}: the focus on {found} is not seen"
        assert found["isInView"], f"{self.page.url}: the focus on {found} is off the screen"
        return found

    def tabs_to(self, name: str, *tags: str, back: bool = False) -> dict[str, Any]:
        """Press Tab (or Shift+Tab) until something of that name, and of such a tag, has the focus."""
        passed = []
        for _ in range(MOST_STOPS):
            self.keys.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue  # past the last control, before the first
            found = self.focus()
            if found["name"].startswith(name) and (not tags or found["tag"] in tags):
                return found
            passed.append(found["name"])
        raise AssertionError(f"{self.page.url}: Tab never came to “{name}”, only to {passed}")

    def types(self, label: str, text: str) -> None:
        """Go to a field and type in the place of what it holds; in a list, type what shall be chosen."""
        field = self.tabs_to(label, "input", "textarea", "select")
        if field["tag"] != "select":
            self.keys.press("Control+A")
        self.keys.type(text)

    def chooses(self, question: str, option: str) -> None:
        """Go to the buttons of a question and choose one of them."""
        first = self.tabs_to(question, "input")
        self.keys.press("Space")
        while first["name"] != option:
            self.keys.press("ArrowDown")
            following = self.focus()
            assert following["id"] != first["id"], f"No “{option}” after “{first['name']}”"
            first = following

    def ticks(self, label: str) -> None:
        self.tabs_to(label, "input")
        self.keys.press("Space")

    def enters(self, name: str, *tags: str) -> None:
        """Go to a link or button and press Enter; the next page is looked at as by everybody."""
        self.tabs_to(name, *tags)
        self.sends()

    def sends(self) -> None:
        """Press Enter where one is."""
        with self.page.expect_navigation():
            self.keys.press("Enter")
        self.person.sees_a_good_page()
