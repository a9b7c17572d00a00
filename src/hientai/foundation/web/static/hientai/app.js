/* The only script of our own. Every screen works without it; it saves key presses and clicks.
   It reads attributes, never builds code from text, and asks nothing from outside. */
(function () {
  "use strict";

  /** "/" puts the cursor into the global search, wherever one is not typing already. */
  function focusSearch(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = event.target;
    if (place instanceof Element && place.closest("input, textarea, select, [contenteditable]")) return;
    const search = Array.from(document.querySelectorAll("[data-search]")).find((field) => field.offsetParent !== null);
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  /** A menu closes by Escape (focus returns to its button) and by a click elsewhere. */
  function closeMenus(event) {
    if (event.type === "keydown" && event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (event.type === "click" && menu.contains(event.target)) return;
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside && event.type === "keydown") menu.querySelector("summary").focus();
    });
  }

  /** Ticking rows: "all" ticks every row of its table, and [data-count] shows how many are ticked. */
  function countChosen(form) {
    const boxes = Array.from(form.querySelectorAll("input[data-choose]"));
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").setAttribute("aria-selected", String(box.checked)));
    form.querySelectorAll("[data-count]").forEach((place) => (place.textContent = String(chosen.length)));
    const all = form.querySelector("input[data-choose-all]");
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
  }

  function chooseRows(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.form) return;
    if (box.matches("[data-choose-all]")) {
      box.form.querySelectorAll("input[data-choose]").forEach((row) => (row.checked = box.checked));
    }
    if (box.matches("[data-choose-all], [data-choose]")) countChosen(box.form);
  }

  /** A file may be dropped onto the field; the plain file input remains what is sent. */
  function dropFiles(event) {
    const place = event.target instanceof Element ? event.target.closest(".drop") : null;
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("drop--over", event.type === "dragover");
    if (event.type === "drop") place.querySelector("input[type=file]").files = event.dataTransfer.files;
  }

  /** What went wrong comes first: the error summary takes the focus when a page or fragment brings one. */
  function focusErrors(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  function sayFailure() {
    const notice = document.getElementById("request-failed");
    if (notice) notice.hidden = false;
  }

  document.addEventListener("keydown", focusSearch);
  document.addEventListener("keydown", closeMenus);
  document.addEventListener("click", closeMenus);
  document.addEventListener("change", chooseRows);
  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, dropFiles));
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.classList.add("scripted");
    focusErrors(document);
  });
  document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));
  document.addEventListener("htmx:responseError", sayFailure);
  document.addEventListener("htmx:sendError", sayFailure);
})();
