// Nothing that was typed is lost when a session ends. Before a form is sent, and when what a page sends by itself is
// refused, this asks who is logged in. As long as it is nobody the page stays, with a link that opens the login in a
// new tab; after that the page takes the new token, and what was held goes out. A form also waits for the draft that is
// being saved: both at once would make two pages, or take back what was published.
(() => {
  const { user, state, login, ended, link, again, away } = document.currentScript.dataset;
  const send = window.fetch.bind(window);
  const HOLD_MS = 30 * 60_000; // what was asked longer ago is not done by itself any more
  const DRAFT_MS = 20_000; // for a draft that is being saved
  let token = "";
  let bar = null;
  let held = null; // the form that waits to be sent
  let passing = false;
  let waiting = []; // what the page itself sent
  let draft = Promise.resolve(); // done when no draft is being saved
  let sending = ""; // "soon" or "sent": a form goes out, and no draft is saved beside it until something is typed again
  let pause = 3_000;
  let timer = 0;

  const isChange = (method) => !["", "GET", "HEAD"].includes((method || "").toUpperCase());

  // -- what is said ------------------------------------------------------------------------------------------
  function say(text, address = "") {
    bar ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "session-bar" }));
    if (bar.dataset.said === text) return;
    bar.dataset.said = text;
    bar.setAttribute("role", "alert");
    bar.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
    if (!address) return;
    const way = Object.assign(document.createElement("a"), { href: address, target: "_blank", textContent: link });
    bar.firstChild.append(" ", way);
  }

  function sayNothing() {
    bar?.remove();
    bar = null;
  }

  // -- who is logged in --------------------------------------------------------------------------------------
  // True when it is who opened this page. Throws when the portal does not answer.
  async function isLoggedIn() {
    const answer = await send(state, { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${state} answered ${answer.status}`);
    const now = await answer.json();
    token = now.token;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
    return now.user === user;
  }

  async function look() {
    clearTimeout(timer);
    const before = bar !== null;
    try {
      if (await isLoggedIn()) {
        if (before) comeBack();
        return true;
      }
      say(ended, login);
    } catch {
      say(away);
    }
    pause = before ? Math.min(pause * 1.2, 30_000) : 3_000;
    timer = setTimeout(look, pause);
    return false;
  }

  function comeBack() {
    if (bar.dataset.said === ended) {
      say(again);
      bar.setAttribute("role", "status");
      setTimeout(sayNothing, 10_000);
    } else {
      sayNothing();
    }
    waiting.splice(0).forEach((go) => go());
    const { form, submitter, since } = held || {};
    held = null;
    if (form?.isConnected && Date.now() - since < HOLD_MS) {
      sending = "soon";
      draft.then(() => sendForm(form, submitter));
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && bar) look();
  });

  // -- drafts that save themselves ---------------------------------------------------------------------------
  document.addEventListener("w-autosave:save", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    draft = new Promise((resolve) => {
      ["success", "error"].forEach((end) => document.addEventListener(`w-autosave:${end}`, resolve, { once: true }));
      setTimeout(resolve, DRAFT_MS);
    });
  });
  document.addEventListener("input", () => {
    if (sending === "sent") sending = "";
  });

  // -- forms -------------------------------------------------------------------------------------------------
  function sendForm(form, submitter) {
    const wasDisabled = submitter?.disabled; // a button that says “Saving…” would not be part of what is sent
    if (wasDisabled) submitter.disabled = false;
    passing = true;
    form.requestSubmit(submitter?.isConnected ? submitter : null);
    passing = false;
    sending = "sent";
    if (wasDisabled) submitter.disabled = true;
  }

  window.addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter } = event;
      const asked = (name) => submitter?.getAttribute(`form${name}`) || form.getAttribute(name) || "";
      if (passing || !isChange(asked("method")) || new URL(asked("action"), location).origin !== location.origin)
        return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = null;
      sending = "soon";
      await draft;
      if (await look()) {
        sendForm(form, submitter);
      } else {
        sending = "";
        held = { form, submitter, since: Date.now() };
        submitter?.setAttribute("data-w-progress-loading-value", "false");
      }
    },
    true,
  );

  // -- what a page sends by itself ---------------------------------------------------------------------------
  function withNewToken(options) {
    const headers = new Headers(options.headers);
    if (headers.has("X-CSRFToken")) headers.set("X-CSRFToken", token);
    if (options.body instanceof FormData && options.body.has("csrfmiddlewaretoken")) {
      options.body.set("csrfmiddlewaretoken", token);
    }
    return { ...options, headers };
  }

  window.fetch = async (resource, options = {}) => {
    const ours = typeof resource === "string" && new URL(resource, location).origin === location.origin;
    if (!ours || !isChange(options.method)) return send(resource, options);
    const answer = await send(resource, token ? withNewToken(options) : options);
    if (answer.status !== 403) return answer;
    const there = await look();
    if (resource.includes("/editing-sessions/")) return answer; // comes again every ten seconds
    if (!there) {
      await new Promise((resolve, reject) => {
        waiting.push(resolve);
        options.signal?.addEventListener("abort", () => reject(options.signal.reason));
      });
    }
    return send(resource, withNewToken(options));
  };
})();
