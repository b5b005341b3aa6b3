// Search, filters, selection: what ties drawing, list and panel together.
let started = false;

function refresh() {
  refilter();
  const drawn = view.drawn.length, parts = [];
  if (!entities.length) parts.push("The graph is empty: no entity was found in the sources.");
  else if (!drawn) parts.push("Nothing passes the filters.");
  else if (view.candidates > packed.limit)
    parts.push(`Drawn: the ${packed.limit.toLocaleString("en")} most central of ` +
      `${view.candidates.toLocaleString("en")} entities. The list holds all.`);
  $("note").textContent = parts.join(" ");
  showPanel();
  showList();
  redraw();
}

function select(e, centre = false) {
  selected = e;
  hovered = null;
  refresh();
  if (e && centre) { camera.x = e.x; camera.y = e.y; }
  history.replaceState(null, "", e ? "#" + encodeURIComponent(e.id) : location.pathname + location.search);
  if (e && started && matchMedia("(max-width: 860px)").matches) $("panel").scrollIntoView({ block: "start" });
}

function ticks(group) {
  $(group).replaceChildren(...groups[group].map(([value, count]) => {
    const box = make("input", { type: "checkbox", checked: !filters.off[group].has(value) });
    box.onchange = () => { filters.off[group][box.checked ? "delete" : "add"](value); refresh(); };
    const mark = group === "types" ? [dot(value)] : [];
    return make("label", { className: "tick" }, box, ...mark, named(value),
      make("span", { className: "count" }, count.toLocaleString("en")));
  }));
}

function showHits() {
  const wanted = fold($("search").value.trim()), hits = $("hits");
  hits.hidden = !wanted || !$("list").hidden;
  if (!wanted) { showList(); return; }
  const rank = (e) => Math.min(...e.folded.map((n) => (n === wanted ? 0 : n.startsWith(wanted) ? 1 : n.includes(wanted) ? 2 : 9)));
  const found = entities.map((e) => [rank(e), e]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0]).slice(0, 12);
  hits.replaceChildren(...found.map(([, e]) => make("li", {}, make("button", {
    type: "button", onclick: () => { hits.hidden = true; select(e, true); $("panel").focus({ preventScroll: true }); },
  }, dot(e.type), " ", named(e.name), make("span", { className: "quiet" }, ` ${e.subtype || e.type}`)))));
  if (!found.length) hits.append(make("li", {}, make("p", {}, "No entity of that name.")));
  showList();
}

function listenSearch() {
  const search = $("search"), hits = $("hits");
  const buttons = () => [...hits.querySelectorAll("button")];
  search.oninput = showHits;
  search.onfocus = showHits;
  search.onkeydown = (event) => {
    const first = buttons()[0];
    if (event.key === "Enter" && first && !hits.hidden) first.click();
    else if (event.key === "ArrowDown" && first && !hits.hidden) first.focus();
    else if (event.key === "Escape") { hits.hidden = true; return; }
    else return;
    event.preventDefault();
  };
  hits.onkeydown = (event) => {
    const all = buttons(), i = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(i + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp") (i ? all[i - 1] : search).focus();
    else if (event.key === "Escape") { search.focus(); hits.hidden = true; event.stopPropagation(); }
    else return;
    event.preventDefault();
  };
  document.addEventListener("pointerdown", (event) => { if (!$("finder").contains(event.target)) hits.hidden = true; });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); }
    else if (event.key === "Escape" && !typing && selected) select(null);
  });
}

function listenFilters() {
  for (const group of Object.keys(groups)) ticks(group);
  $("confidence").oninput = (event) => {
    filters.least = Number(event.target.value);
    $("least").textContent = filters.least.toFixed(2);
    refresh();
  };
  $("lonely").onchange = (event) => { filters.lonely = event.target.checked; refresh(); };
  for (const button of document.querySelectorAll(".all"))
    button.onclick = () => {
      const group = button.dataset.group;
      filters.off[group] = new Set(button.dataset.on ? [] : groups[group].map(([value]) => value));
      ticks(group);
      refresh();
    };
  $("reset").onclick = () => {
    for (const group of Object.keys(groups)) { filters.off[group].clear(); ticks(group); }
    filters.least = Number(($("confidence").value = 0));
    $("least").textContent = "0.00";
    filters.lonely = $("lonely").checked = !view.statements.length;
    refresh();
    fit();
  };
}

function show(list) {
  $("stage").hidden = list;
  $("list").hidden = !list;
  $("show-graph").setAttribute("aria-pressed", String(!list));
  $("show-list").setAttribute("aria-pressed", String(list));
  if (list) showList(); else resize();
}

function start() {
  $("counts").textContent = [plural(packed.documents.length, "document"), plural(entities.length, "entity", "entities"),
    plural(statements.length, "statement")].join(" · ");
  if (matchMedia("(max-width: 860px)").matches) $("filters").open = false;
  filters.lonely = $("lonely").checked = !statements.some((s) => s.object);
  listen(); listenList(); listenSearch(); listenFilters();
  $("show-graph").onclick = () => show(false);
  $("show-list").onclick = () => show(true);
  $("theme").onclick = () => {
    const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
    redraw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  const linked = () => entities.find((e) => "#" + encodeURIComponent(e.id) === location.hash) || null;
  addEventListener("hashchange", () => { const e = linked(); if (e !== selected) select(e, true); });
  refresh();
  resize();
  fit();
  const wanted = linked();
  if (wanted) select(wanted, true);
  started = true;
}
start();
