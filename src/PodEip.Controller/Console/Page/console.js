// What comes from the cluster is only ever set as text.
"use strict";
(() => {
  const Pace = 2000;
  const MostRows = 500;
  const byId = id => document.getElementById(id);
  const tones = { Bound: "good", Allocated: "wait", Pending: "wait", Releasing: "wait", Failed: "bad", Retained: "idle" };
  const columns = [
    ["Namespace", c => c.namespace], ["Name", c => c.name], ["Address", c => c.publicIp], ["Phase", c => c.phase], ["Reason", c => c.reason],
    ["Pod IP", c => c.privateIp], ["Node", c => c.node], ["Policy", c => c.policy], ["Age", c => c.created],
  ];
  const nodeColumns = [["Node", n => n.name], ["Slots", n => n.slots], ["Claims here", n => n.claims], ["Region", n => n.region]];

  // The token lives here and nowhere else.
  let token = null, space = "", seen = null, seenTag = null, chosen = null, whyTag = null, timer = null, turn = 0;
  const sorts = { claims: { at: 0, down: false }, nodes: { at: 0, down: false } };

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function age(since) {
    const s = Math.max(0, (Date.now() - Date.parse(since)) / 1000);
    if (!since || Number.isNaN(s)) return "-";
    if (s < 120) return `${Math.floor(s)}s`;
    if (s < 7200) return `${Math.floor(s / 60)}m`;
    if (s < 172800) return `${Math.floor(s / 3600)}h`;
    return `${Math.floor(s / 86400)}d`;
  }

  // ---- asking ----

  async function ask(path, query, tag) {
    const headers = { Authorization: `Bearer ${token}` };
    if (tag) headers["If-None-Match"] = tag;
    const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
    const answer = await fetch(`api/${path}?${asked}`, { headers, cache: "no-store", credentials: "omit" });
    if (answer.status === 304) return { same: true };
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(body.error || `HTTP ${answer.status}`), { code: answer.status });
    return { body, tag: answer.headers.get("ETag") };
  }

  async function look() {
    clearTimeout(timer);
    const mine = ++turn, began = performance.now();
    try {
      const got = await ask("overview", { namespace: space }, seenTag);
      if (mine !== turn || token === null) return;
      if (!got.same) [seen, seenTag] = [got.body, got.tag];
      byId("live").textContent = `as of ${new Date().toLocaleTimeString()}`;
      byId("live").className = "good";
      show();
      if (chosen) await explain(mine);
    } catch (e) {
      if (mine !== turn || token === null) return;
      if (!seen || e.code === 401 || e.code === 403) { leave(e.message); return; }
      byId("live").textContent = e.code ? e.message : "The controller does not answer. Trying again.";
      byId("live").className = "bad";
    }
    // A big cluster takes longer to read, and is asked less often. Nobody looks at a hidden page.
    if (mine === turn && !document.hidden) timer = setTimeout(look, Math.max(Pace, 5 * (performance.now() - began)));
  }

  async function explain(mine) {
    const of = chosen;
    try {
      const got = await ask("why", of, whyTag);
      if (mine !== turn || chosen !== of || got.same) return;
      whyTag = got.tag;
      showWhy(got.body);
    } catch (e) {
      if (mine !== turn || chosen !== of) return;
      byId("why-body").replaceChildren(element("p", e.message, "notice"));
    }
  }

  // ---- showing ----

  function show() {
    byId("enter").hidden = true;
    byId("board").hidden = byId("leave").hidden = false;
    const r = seen.replica;
    byId("replica").textContent = `${r.clusterId}, ${r.region}. ${r.name} is ${r.state}` + (r.state === "leading" ? "." : r.leader ? `; ${r.leader} leads.` : "; who leads is not known.");
    showTiles();
    byId("unseen").hidden = seen.unseen.length === 0;
    byId("unseen").textContent = `Not shown: ${seen.unseen.join("; ")}.`;
    showClaims();
    byId("nodes-part").hidden = !seen.nodes;
    if (seen.nodes) showTable("nodes", nodeColumns, sorted("nodes", nodeColumns, seen.nodes), row => nodeColumns.map(([, of]) => element("td", of(row) ?? "-")));
  }

  function tile(head, big, lines, note) {
    const made = element("section", null, "tile");
    made.append(element("h2", head));
    if (big !== null) made.append(element("div", big, "big"));
    const list = element("dl");
    for (const [label, value, tone] of lines) {
      const term = element("dt", null, tone);
      // A quota's name breaks at its underscores.
      for (const part of label.split(/(?<=_)/)) term.append(part, element("wbr"));
      list.append(term, element("dd", value));
    }
    if (lines.length) made.append(list);
    if (note) made.append(element("p", note));
    return made;
  }

  function showTiles() {
    const phases = new Map();
    for (const c of seen.claims) phases.set(c.phase, (phases.get(c.phase) || 0) + 1);
    const tiles = [tile(seen.namespace ? `Claims in ${seen.namespace}` : "Claims", seen.claims.length, [...phases].sort().map(([phase, n]) => [phase, n, `phase ${tones[phase] || "idle"}`]))];
    const elsewhere = seen.namespace ? "Only for who may list claims in all namespaces." : seen.replica.state === "leading" ? "Not read yet." : `The leader knows: ask ${seen.replica.leader || "it"}.`;
    const sum = (seen.addresses || []).reduce((n, a) => n + a.count, 0);
    tiles.push(seen.addresses ? tile("Own addresses", sum, seen.addresses.map(a => [a.name, a.count])) : tile("Own addresses", null, [], elsewhere));
    tiles.push(seen.quotas ? tile("Quotas, when last read", null, seen.quotas.map(q => [q.name, `${q.used} of ${q.limit}`, q.used >= q.limit ? "bad" : ""])) : tile("Quotas", null, [], elsewhere));
    if (seen.nodes) {
      const slots = seen.nodes.reduce((n, node) => n + (node.slots || 0), 0);
      tiles.push(tile("Nodes", seen.nodes.length, [["slots for addresses", slots], ["claims on them", seen.nodes.reduce((n, node) => n + node.claims, 0)]]));
    }
    byId("tiles").replaceChildren(...tiles);
    const select = byId("phase"), was = select.value;
    const wanted = ["", ...new Set([...phases.keys(), ...(was ? [was] : [])])];
    if ([...select.options].map(o => o.value).join() !== wanted.join()) {
      select.replaceChildren(...wanted.map(phase => Object.assign(element("option", phase || "all"), { value: phase })));
      select.value = was;
    }
  }

  function showClaims() {
    const text = byId("find").value.trim().toLowerCase(), phase = byId("phase").value;
    const fits = seen.claims.filter(c => (!phase || c.phase === phase)
      && (!text || [c.namespace, c.name, c.publicIp, c.addressId, c.phase, c.reason, c.message, c.privateIp, c.node, c.origin].some(v => v && v.toLowerCase().includes(text))));
    byId("shown").textContent = fits.length > MostRows ? `the first ${MostRows} of ${fits.length} that fit` : `${fits.length} of ${seen.claims.length}`;
    showTable("claims", columns, sorted("claims", columns, fits).slice(0, MostRows), claimCells, row => { if (!isChosen(row)) choose(row); }, isChosen);
  }

  function claimCells(claim) {
    return columns.map(([head, of]) => {
      const value = of(claim);
      if (head === "Name") {
        const cell = element("td"), button = element("button", value);
        button.type = "button";
        button.title = `Why: ${claim.namespace}/${claim.name}`;
        button.dataset.key = `${claim.namespace}/${claim.name}`;
        cell.append(button);
        return cell;
      }
      const cell = head === "Age" ? element("td", age(value)) : element("td", value ?? "-", head === "Address" || head === "Pod IP" ? "mono" : "");
      if (head === "Phase") cell.className = `phase ${tones[value] || "idle"}`;
      if (head === "Reason" && claim.message) cell.title = claim.message;
      return cell;
    });
  }

  function sorted(id, heads, rows) {
    const { at, down } = sorts[id], of = heads[at][1];
    const sign = down ? -1 : 1;
    return [...rows].sort((a, b) => {
      const x = of(a) ?? "", y = of(b) ?? "";
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true }));
    });
  }

  function showTable(id, heads, rows, cells, pick, isPicked) {
    const table = byId(id), focused = document.activeElement?.dataset?.key;
    if (!table.tHead.rows[0].cells.length) {
      heads.forEach(([head], at) => {
        const cell = element("th"), button = element("button", head);
        cell.scope = "col";
        button.type = "button";
        button.addEventListener("click", () => { sorts[id] = { at, down: sorts[id].at === at && !sorts[id].down }; show(); });
        cell.append(button);
        table.tHead.rows[0].append(cell);
      });
    }
    [...table.tHead.rows[0].cells].forEach((cell, at) => {
      const { at: by, down } = sorts[id];
      cell.setAttribute("aria-sort", at !== by ? "none" : down ? "descending" : "ascending");
      cell.firstChild.textContent = heads[at][0] + (at !== by ? "" : down ? " ▾" : " ▴");
    });
    const made = rows.map(row => {
      const line = element("tr", null, isPicked?.(row) ? "chosen" : "");
      line.append(...cells(row));
      if (pick) line.addEventListener("click", () => pick(row));
      return line;
    });
    if (made.length === 0) {
      const line = element("tr"), cell = element("td", "none", "empty");
      cell.colSpan = heads.length;
      line.append(cell);
      made.push(line);
    }
    table.tBodies[0].replaceChildren(...made);
    // What had the focus was made anew.
    if (focused) [...table.querySelectorAll("button[data-key]")].find(b => b.dataset.key === focused)?.focus();
  }

  // ---- why ----

  const isChosen = row => chosen !== null && chosen.namespace === row.namespace && chosen.name === row.name;

  function choose(row) {
    chosen = { namespace: row.namespace, name: row.name };
    whyTag = null;
    byId("why-head").textContent = `${row.namespace}/${row.name}`;
    byId("why-body").replaceChildren(element("p", "Looking …", "empty"));
    byId("why").hidden = false;
    document.body.classList.add("divided");
    byId("why").focus();
    look();
  }

  function close() {
    const was = chosen && `${chosen.namespace}/${chosen.name}`;
    chosen = null;
    byId("why").hidden = true;
    document.body.classList.remove("divided");
    if (seen) showClaims();
    [...byId("claims").querySelectorAll("button[data-key]")].find(b => b.dataset.key === was)?.focus();
  }

  function section(head, pairs) {
    if (!pairs || pairs.length === 0) return [];
    const list = element("dl");
    for (const [label, lines, tone] of pairs) {
      const value = element("dd");
      for (const line of lines.filter(l => l)) value.append(element("p", line));
      list.append(element("dt", label, tone), value);
    }
    return [element("h3", head), list];
  }

  function showWhy(e) {
    const parts = [element("p", e.heading, { Trouble: "bad", Well: "good", UnderWay: "wait" }[e.verdict] || "idle")];
    for (const f of e.findings) {
      const made = element("div", null, f.isTrouble ? "finding trouble" : "finding");
      made.append(element("p", `${f.reason}: ${f.cause}.`));
      if (f.detail) made.append(element("p", f.detail, "mono"));
      made.append(element("p", `Do next: ${f.next}`, "next"));
      parts.push(made);
    }
    parts.push(...section("Asked for", e.asked.map(l => [l.label, [l.text]])));
    parts.push(...section("Where it stands", e.standing.map(l => [l.label, [l.text]])));
    parts.push(...section("Conditions", e.conditions.map(c => [c.type, [`${c.status} for ${age(c.since)}: ${c.reason}, ${c.meaning}`, c.message], c.status === "True" ? "good" : c.status === "False" ? "wait" : "idle"])));
    parts.push(...section("Events, the latest first", e.events.map(v => [age(v.fact.at), [`${v.fact.type === "Warning" ? "Warning " : ""}${v.fact.reason}${v.fact.count > 1 ? ` (${v.fact.count} times)` : ""} on ${v.fact.on}`, v.fact.message]])));
    parts.push(...section("Could not be looked at", e.unseen.map(text => ["", [text]])));
    byId("why-body").replaceChildren(...parts);
  }

  // ---- coming and going ----

  function leave(words) {
    clearTimeout(timer);
    turn++;
    token = seen = seenTag = whyTag = null;
    if (chosen) close();
    byId("board").hidden = byId("leave").hidden = true;
    byId("enter").hidden = false;
    byId("claims").tBodies[0].replaceChildren();
    byId("nodes").tBodies[0].replaceChildren();
    byId("tiles").replaceChildren();
    byId("replica").textContent = byId("live").textContent = "";
    byId("refusal").hidden = !words;
    byId("refusal").textContent = words || "";
    byId("token").focus();
  }

  byId("enter").addEventListener("submit", e => {
    e.preventDefault();
    token = byId("token").value.trim();
    space = byId("namespace").value.trim();
    byId("token").value = "";
    byId("refusal").hidden = true;
    seen = seenTag = null;
    byId("live").textContent = "Looking …";
    look();
  });
  byId("leave").addEventListener("click", () => leave());
  byId("close").addEventListener("click", close);
  byId("find").addEventListener("input", () => seen && showClaims());
  byId("phase").addEventListener("change", () => seen && showClaims());
  document.addEventListener("keydown", e => { if (e.key === "Escape" && chosen) close(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (token !== null && seen) look();
  });
  byId("token").focus();
})();
