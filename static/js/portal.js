/* What the portal adds where JavaScript runs. Every page works without it. */
"use strict";

(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /* After a refused form, the summary of errors is read first. */
  const focusErrors = (root) => all("[data-focus]", root).slice(0, 1).forEach((summary) => summary.focus());

  /* A long answer says how much room is left, aloud only after a pause in typing. */
  const countCharacters = (root) => all("[data-counter-for]", root).forEach((counter) => {
    const field = document.getElementById(counter.dataset.counterFor);
    const most = Number(counter.dataset.most);
    if (!field || counter.dataset.ready) return;
    counter.dataset.ready = "yes";
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const say = () => {
      const left = most - Array.from(field.value.replace(/\n/g, "\r\n")).length;
      const words = left < 0 ? counter.dataset.over : counter.dataset.left;
      counter.textContent = words.replace("%s", number.format(Math.abs(left)));
      counter.classList.toggle("over", left < 0);
    };
    let pause;
    field.addEventListener("input", () => {
      say();
      counter.removeAttribute("aria-live");
      clearTimeout(pause);
      pause = setTimeout(() => { counter.setAttribute("aria-live", "polite"); say(); }, 1000);
    });
    say();
  });

  /* A password can be looked at before it is sent. */
  const revealPasswords = (root) => all("[data-reveal]", root).forEach((button) => {
    const field = document.getElementById(button.dataset.reveal);
    if (!field || !button.hidden) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
    });
    button.form?.addEventListener("submit", () => { field.type = "password"; });
  });

  /* A form is sent once, however often its button is pressed. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    const sentAt = Number(form.dataset.sentAt || 0);
    if (Date.now() - sentAt < 2000) event.preventDefault();
    else form.dataset.sentAt = Date.now();
  });

  /* A menu closes when the reader turns elsewhere. */
  const menus = () => all("details.menu[open], details.menu-up[open]");
  document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  /* Folded tables are printed open. */
  addEventListener("beforeprint", () => all("main details:not([open])").forEach((part) => { part.open = true; part.dataset.printed = "yes"; }));
  addEventListener("afterprint", () => all("details[data-printed]").forEach((part) => { part.open = false; delete part.dataset.printed; }));

  /* When a part of the page cannot be fetched, the whole page is asked for instead. */
  const wholePage = (event) => {
    const path = event.detail.pathInfo?.finalRequestPath;
    if (path && event.detail.requestConfig?.verb === "get") location.assign(path);
  };
  document.addEventListener("htmx:responseError", wholePage);
  document.addEventListener("htmx:sendError", wholePage);

  const enhance = (root) => { countCharacters(root); revealPasswords(root); };
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
  enhance(document);
  focusErrors(document);
})();
