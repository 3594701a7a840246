/* What the page does in the browser itself: the colour scheme, the link to copy, and opening an incident by key. */
"use strict";

const schemeNow = () => {
  const set = document.documentElement.getAttribute("data-mantine-color-scheme");
  if (set === "dark" || set === "light") return set;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};

/* Charts are drawn by the server for one scheme, so they follow the page when it changes, by button or by system. */
new MutationObserver(() => {
  window.dash_clientside.set_props?.("scheme", { data: schemeNow() });
}).observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });

window.dash_clientside = Object.assign({}, window.dash_clientside, {
  page: {
    /* The scheme charts are drawn for, and whether the screen is wider than a phone's. */
    screen: () => [schemeNow(), window.innerWidth > 640],

    copyLink: (clicks, query) => {
      const address = `${window.location.origin}${window.location.pathname}?${query || ""}`;
      if (!clicks) return window.dash_clientside.no_update;
      if (!navigator.clipboard) {
        window.prompt("Copy this link:", address);
        return "Copy link";
      }
      return navigator.clipboard.writeText(address).then(() => "Link copied", () => "Copy link");
    },
  },
});

const functions = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

/* The incident's label as a button: text only, so nothing a report says can become markup. */
functions.IncidentButton = (props) => {
  if (!props.data) return window.React.createElement("span", { className: "quiet" }, "loading…");
  return window.React.createElement(
    "button",
    {
      type: "button",
      className: "open-incident",
      tabIndex: -1,
      "data-incident": props.data.incident_id,
      onClick: (event) => {
        event.stopPropagation();
        props.setData(props.data.incident_id);
      },
    },
    props.value,
  );
};

/* On paper a grid that scrolls is cut off at its edge, so the rows it holds are printed as a plain table: text only. */
const asTable = (grid) => {
  const api = window.dash_ag_grid?.getApi(JSON.parse(grid.id));
  if (!api) return null;
  const table = document.createElement("table");
  table.className = "plain on-paper";
  const columns = api.getAllGridColumns().map((column) => column.getColDef());
  const addRow = (part, cell, values) => {
    const row = part.insertRow();
    for (const value of values) row.appendChild(document.createElement(cell)).textContent = value ?? "";
  };
  addRow(table.createTHead(), "th", columns.map((column) => column.headerName));
  const body = table.createTBody();
  api.forEachNode((node) => {
    if (node.data) addRow(body, "td", columns.map((column) => node.data[column.field]));
  });
  return table;
};
window.matchMedia("print").addEventListener("change", (change) => {
  document.querySelectorAll("table.on-paper").forEach((table) => table.remove());
  if (!change.matches) return;
  document.querySelectorAll(".incidents-grid").forEach((grid) => {
    const table = asTable(grid);
    if (table) grid.after(table);
  });
});

const buttonOfRow = (target) => target.closest && target.closest(".ag-row")?.querySelector(".open-incident");

/* Enter on any cell of a row, or a click anywhere in it, opens its incident. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
  buttonOfRow(event.target)?.click();
});
document.addEventListener("click", (event) => {
  if (event.target.closest(".open-incident") || String(window.getSelection())) return;
  buttonOfRow(event.target)?.click();
});

/* An open menu closes as menus do: by Escape, which gives the focus back, and by a click elsewhere. */
const openMenu = () => document.querySelector("details.more[open]");
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && openMenu();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const menu = openMenu();
  if (menu && !menu.querySelector("summary").contains(event.target)) menu.open = false;
});

/* Controls stand in a form for those who hear the page; it is never sent. */
document.addEventListener("submit", (event) => event.preventDefault());
