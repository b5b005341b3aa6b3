// The same entities as a table: for keyboards, screen readers, and graphs too large to draw.
const order = { by: "rank", down: true };
let rowsShown = 200;
const sorters = {
  name: (a, b) => (a.folded[0] < b.folded[0] ? -1 : a.folded[0] > b.folded[0] ? 1 : 0),
  type: (a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0),
  rank: (a, b) => b.index - a.index,
  shown: (a, b) => a.shown - b.shown,
  documents: (a, b) => a.documents - b.documents,
};

function showList() {
  if ($("list").hidden) return;
  const wanted = fold($("search").value.trim());
  const found = view.entities.filter((e) => !wanted || e.folded.some((name) => name.includes(wanted)));
  const turn = order.down ? -1 : 1;
  found.sort((a, b) => turn * sorters[order.by](a, b) || a.index - b.index);
  $("listed").textContent = plural(found.length, "entity", "entities") + (wanted ? " found" : "");
  $("rows").replaceChildren(...found.slice(0, rowsShown).map((e) => {
    const name = make("button", { type: "button", className: "name", onclick: () => select(e) }, named(e.name));
    const number = (value) => make("td", { className: "number" }, value);
    return make("tr", {}, make("td", {}, name), make("td", {}, make("span", { className: "chip" }, dot(e.type),
      e.subtype || e.type)), number(e.pagerank.toFixed(4)), number(String(e.shown)), number(String(e.documents)));
  }));
  $("more").hidden = found.length <= rowsShown;
  for (const button of document.querySelectorAll("[data-sort]")) {
    const active = button.dataset.sort === order.by;
    button.parentElement.setAttribute("aria-sort", active ? (order.down ? "descending" : "ascending") : "none");
    button.dataset.label ||= button.textContent;
    button.textContent = button.dataset.label + (active ? (order.down ? " ↓" : " ↑") : "");
  }
}

function listenList() {
  for (const button of document.querySelectorAll("[data-sort]"))
    button.onclick = () => {
      const by = button.dataset.sort;
      order.down = order.by === by ? !order.down : by !== "name" && by !== "type";
      order.by = by;
      showList();
    };
  $("more").onclick = () => { rowsShown += 500; showList(); };
}
