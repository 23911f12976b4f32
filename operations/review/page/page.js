"use strict";
(() => {
  const root = document.documentElement;
  const search = document.getElementById("search");
  const environment = document.getElementById("environment");
  const levels = [...document.querySelectorAll("button[data-level]")];
  const entities = [...document.querySelectorAll("details.entity")];
  const sections = [...document.querySelectorAll("section[data-environment]")];
  const shown = document.getElementById("shown");
  const texts = new Map(entities.map((one) => [one, one.textContent.toLowerCase()]));

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const on = new Set(levels.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.level));
    let count = 0;
    for (const one of entities) {
      const text = texts.get(one);
      const place = one.closest("section").dataset.environment;
      const fits = on.has(one.dataset.level)
        && (environment.value === "" || environment.value === place)
        && words.every((word) => text.includes(word));
      one.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const section of sections) {
      section.hidden = environment.value !== "" && environment.value !== section.dataset.environment;
    }
    shown.textContent = `${count} of ${entities.length} shown`;
  };

  const visible = () => entities.filter((one) => !one.hidden && !one.closest("section").hidden);
  const step = (by) => {
    const list = visible();
    if (list.length === 0) return;
    const at = list.findIndex((one) => one.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
    list[next].querySelector("summary").focus();
    list[next].scrollIntoView({ block: "nearest" });
  };
  const open = (state) => visible().forEach((one) => { one.open = state; });

  search.addEventListener("input", filter);
  environment.addEventListener("change", filter);
  for (const one of levels) {
    one.addEventListener("click", () => {
      one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  document.getElementById("open").addEventListener("click", () => open(true));
  document.getElementById("close").addEventListener("click", () => open(false));
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      search.value = "";
      search.blur();
      filter();
      return;
    }
    if (event.target.matches("input, select")) return;
    const action = { "/": () => search.focus(), j: () => step(1), k: () => step(-1), e: () => open(true), c: () => open(false) }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  filter();
})();
