
(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const marks = [...document.querySelectorAll(".e")].map((mark) => ({
    mark,
    rules: mark.dataset.r.split(" "),
    safety: mark.dataset.s,
  }));
  const rows = [...document.querySelectorAll(".row.chg")];
  const texts = [...document.querySelectorAll(".doc")];
  const output = form.querySelector("output");
  const boxes = (name) => [...form.querySelectorAll(`input[name=${name}]`)];

  const apply = () => {
    const on = (name) => new Set(boxes(name).filter((box) => box.checked).map((box) => box.value));
    const rules = on("r");
    const safeties = on("s");
    let shown = 0;
    for (const { mark, rules: own, safety } of marks) {
      const off = !safeties.has(safety) || !own.some((rule) => rules.has(rule));
      mark.classList.toggle("off", off);
      mark.firstElementChild.tabIndex = off ? -1 : 0;
      if (!off) shown += 1;
    }
    for (const row of rows) row.classList.toggle("off", !row.querySelector(".e:not(.off)"));
    for (const text of texts) {
      const off = !text.querySelector(".row.chg:not(.off)");
      text.classList.toggle("off", off);
      const entry = document.querySelector(`nav a[href="#${text.id}"]`);
      if (entry) entry.classList.toggle("off", off);
    }
    // Every place is marked on both sides.
    output.textContent = output.dataset.text
      .replace("{shown}", (shown / 2).toLocaleString("en"))
      .replace("{all}", (marks.length / 2).toLocaleString("en"));
  };

  const set = (checked) => {
    for (const box of boxes("r")) box.checked = checked;
    apply();
  };
  form.addEventListener("change", apply);
  form.querySelector("[data-all]").addEventListener("click", () => set(true));
  form.querySelector("[data-none]").addEventListener("click", () => set(false));
  form.hidden = false;
  apply();

  // What a mark says goes away on Escape, and comes back when another is reached.
  const root = document.documentElement;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") root.classList.add("quiet");
  });
  // And its other side is shown.
  let pair = null;
  for (const event of ["focusin", "pointerover"]) {
    document.addEventListener(event, ({ target }) => {
      const mark = target.closest(".e");
      if (pair) pair.classList.remove("pair");
      pair = null;
      if (!mark) return;
      root.classList.remove("quiet");
      const { hash } = mark.firstElementChild;
      pair = document.getElementById(hash.slice(1)).closest(".e");
      pair.classList.toggle("pair", !pair.classList.contains("off"));
    });
  }

  // On a small screen the lists would fill it.
  if (window.matchMedia("(max-width: 52rem)").matches) {
    for (const list of document.querySelectorAll("aside details")) list.open = false;
  }
})();
