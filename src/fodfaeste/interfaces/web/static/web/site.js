// What the pages do beyond HTML: the design system's components come alive, also in parts that htmx puts in later;
// a part that could not be fetched is said aloud, and what was typed stays. Pages work without this file.
"use strict";

(() => {
  const english = document.documentElement.lang === "en";
  const words = (danish, others) => (english ? others : danish);
  const openAll = words({ open_all: "Åbn alle", close_all: "Luk alle" }, { open_all: "Open all", close_all: "Close all" });

  // Selector, and what makes such an element work. The site's own header and menu need none of it.
  const components = [
    [".accordion", (element) => new DKFDS.Accordion(element, openAll).init()],
    [".alert.has-close", (element) => new DKFDS.Alert(element).init()],
    [".back-to-top-button", (element) => new DKFDS.BackToTop(element).init()],
    [".js-checkbox-toggle-content", (element) => new DKFDS.CheckboxToggleContent(element).init()],
    [".js-dropdown", (element) => new DKFDS.Dropdown(element).init()],
    ['[data-module="error-summary"]', (element) => new DKFDS.ErrorSummary(element).init()],
    [".fds-modal", (element) => new DKFDS.Modal(element).init()],
    [".js-radio-toggle-group", (element) => new DKFDS.RadioToggleGroup(element).init()],
    [".table--responsive-headers, .table-sm-responsive-headers, .table-md-responsive-headers, .table-lg-responsive-headers",
      (element) => new DKFDS.ResponsiveTable(element)],
    [".tab-container", (element) => new DKFDS.Tabs(element).init()],
    [".tooltip-wrapper", (element) => new DKFDS.Tooltip(element).init()],
  ];

  const alive = new WeakSet(); // a component made twice would answer every click twice
  const enliven = (root) => {
    for (const [selector, make] of components) {
      const found = [...root.querySelectorAll(selector)];
      if (root.matches?.(selector)) found.unshift(root);
      for (const element of found) {
        if (alive.has(element)) continue;
        alive.add(element);
        make(element);
      }
    }
  };

  const failed = document.getElementById("request-failed");
  const say = (when) => {
    for (const line of failed.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== when;
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("htmx:afterSettle", (event) => enliven(event.detail.elt));
  document.addEventListener("htmx:beforeRequest", () => { failed.hidden = true; });
  document.addEventListener("htmx:sendError", () => say("offline"));
  document.addEventListener("htmx:timeout", () => say("offline"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(status === 401 ? "signed-out" : status === 403 ? "refused" : "failed");
  });

  // The proof of origin is read when it is used: signing in again in another window makes a new one.
  document.addEventListener("htmx:configRequest", (event) => {
    const kept = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    if (kept) {
      event.detail.headers["X-CSRFToken"] = decodeURIComponent(kept.slice("csrftoken=".length));
      delete event.detail.parameters.csrfmiddlewaretoken;
    }
  });

  enliven(document);
})();
