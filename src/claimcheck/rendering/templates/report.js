"use strict";
// The page is whole without this: every jump is a link, and the legend explains the marks.
// What is added: filters, a current finding shown in text, notes and strip, and keys.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const walk = document.getElementById("walk");
  const place = walk.querySelector(".place");
  const keys = document.getElementById("keys");
  const letters = document.getElementById("letters");

  const findings = all(".ref").map((ref) => {
    const sentence = ref.closest(".s");
    const note = document.getElementById(ref.hash.slice(1));
    return { ref, sentence, note, back: note.querySelector(".no") };
  });
  const ofPart = new Map(findings.flatMap((f) => [[f.sentence, f], [f.note, f]]));
  const cells = new Map(all(".cell").map((cell) => [cell.hash.slice(1), cell]));

  // The current spot: a finding, or a sentence of the strip that is none and so has no note.

  let current = null;

  const open = () => findings.filter((f) => !f.sentence.classList.contains("off"));

  const tell = () => {
    const shown = open();
    const at = shown.indexOf(current);
    place.textContent =
      at >= 0
        ? `${at + 1} of ${shown.length}`
        : `${shown.length} ${shown.length === 1 ? "finding" : "findings"}`;
    for (const button of all("[data-step]", walk)) button.disabled = !shown.length;
  };

  const mark = ({ sentence, note }, on) => {
    const parts = [sentence, note, cells.get(sentence.id)];
    for (const part of parts) part?.classList.toggle("current", on);
  };

  const leave = () => {
    if (current) mark(current, false);
    current = null;
    tell();
  };

  const choose = (spot) => {
    if (current) mark(current, false);
    current = spot;
    mark(current, true);
    if (current.note) showNote(current.note);
    tell();
  };

  const behavior = () => (calm.matches ? "instant" : "smooth");

  // Scrolls the list of notes alone: scrollIntoView would move the text as well.
  const showNote = (note) => {
    const list = note.parentElement;
    const [inner, outer] = [note.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      list.scrollBy({ top: inner.top - outer.top - outer.height / 4, behavior: behavior() });
    }
  };

  // The page stays still where the sentence can be read already.
  const comfortable = (sentence) => {
    const { top, bottom } = sentence.getBoundingClientRect();
    return top > innerHeight * 0.1 && bottom < innerHeight * 0.6;
  };

  const goToSentence = (spot) => {
    choose(spot);
    if (!comfortable(spot.sentence)) {
      spot.sentence.scrollIntoView({ block: "center", behavior: behavior() });
    }
    spot.ref?.focus({ preventScroll: true });
  };

  const goToNote = (finding) => {
    choose(finding);
    finding.back.focus({ preventScroll: true });
  };

  const step = (by) => {
    const shown = open();
    if (!shown.length) return;
    const at = shown.indexOf(current);
    if (at >= 0) {
      goToSentence(shown[(at + by + shown.length) % shown.length]);
      return;
    }
    // Nothing chosen yet: begin with what the reader has before their eyes.
    const below = shown.findIndex((f) => f.sentence.getBoundingClientRect().bottom > 0);
    const start = below < 0 ? shown.length : below;
    goToSentence(shown[(by > 0 ? start : start - 1 + shown.length) % shown.length]);
  };

  // Filters

  const filters = all(".key").map((key) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = key.className;
    button.title = key.title;
    button.dataset.label = key.dataset.label;
    button.setAttribute("aria-pressed", "true");
    button.append(...key.childNodes);
    key.replaceWith(button);
    return button;
  });

  const toggle = (button) => {
    const off = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!off));
    for (const part of all(`.of-${button.dataset.label}`)) part.classList.toggle("off", off);
    if (current && current.sentence.classList.contains("off")) leave();
    tell();
  };

  // Pointer and keys

  const selecting = () => !getSelection().isCollapsed;

  const spotOf = (cell, part) => {
    if (!cell) return part?.classList.contains("off") ? undefined : ofPart.get(part);
    const sentence = document.getElementById(cell.hash.slice(1));
    return ofPart.get(sentence) ?? { sentence };
  };

  document.addEventListener("click", (event) => {
    const within = (selector) => event.target.closest(selector);
    const link = within("a");
    if (within(".top, dialog") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link && selecting()) return;
    const spot = spotOf(within(".cell"), within(".s, .note"));
    if (!spot) {
      leave();
      return;
    }
    if (link) event.preventDefault();
    if (within(".cell, .note")) goToSentence(spot);
    else if (link) goToNote(spot);
    else choose(spot);
  });

  const onKey = {
    j: () => step(1),
    n: () => step(1),
    k: () => step(-1),
    p: () => step(-1),
    "?": () => keys.showModal(),
    Escape: leave,
  };
  filters.forEach((button, index) => {
    onKey[index + 1] = () => toggle(button);
    button.addEventListener("click", () => toggle(button));
  });

  document.addEventListener("keydown", (event) => {
    const act = onKey[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.key !== "Escape" && !letters.checked) return;
    event.preventDefault();
    act();
  });

  for (const button of all("[data-step]", walk)) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  walk.querySelector(".ask").addEventListener("click", () => keys.showModal());

  walk.hidden = false;
  document.documentElement.classList.add("js");
  tell();
})();
