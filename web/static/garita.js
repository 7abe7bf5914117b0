// What is nicer with scripts; every page does all of its work without them.

// A password can be looked at before it is sent.
const words = document.documentElement.lang === "es" ? ["Mostrar", "Ocultar"] : ["Show", "Hide"];
for (const input of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    const box = document.createElement("div");
    const show = (isShown) => {
        input.type = isShown ? "text" : "password";
        button.textContent = words[Number(isShown)];
        button.setAttribute("aria-pressed", isShown);
    };
    box.className = "secret";
    button.className = "quiet";
    button.type = "button";
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => show(input.type === "password"));
    input.form.addEventListener("submit", () => show(false));
    input.replaceWith(box);
    box.append(input, button);
    show(false);
}

// Without network nothing is sent: the page stays as it is, with what was typed and a sentence. Only a form that says itself
// what it does then (gate.js) comes before this.
document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || navigator.onLine || event.target.method !== "post") return;
    event.preventDefault();
    document.querySelector(".offline")?.remove();
    const notice = document.createElement("p");
    notice.className = "notice bad offline";
    notice.role = "alert";
    notice.textContent = document.documentElement.lang === "es"
        ? "Sin conexión: no se envió nada y no se perdió nada. Inténtelo de nuevo cuando haya conexión."
        : "No connection: nothing was sent, and nothing is lost. Try again when there is a connection.";
    document.querySelector("main").prepend(notice);
    notice.scrollIntoView({block: "nearest"});
});
addEventListener("online", () => document.querySelector(".offline")?.remove());

// A form that is on its way is not sent twice, and says that it is. One that is answered by a file leaves the page as it is.
document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || button?.hasAttribute("data-file")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    if (form.method !== "post") return;
    form.ariaBusy = "true";
    // Once the browser has taken what it sends: a button that is off is not sent.
    setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((one) => one.disabled = true));
    setTimeout(() => {
        if (!form.dataset.sent || !button) return;
        button.dataset.label ??= button.innerHTML;
        button.textContent = document.documentElement.lang === "es" ? "Un momento…" : "Working…";
    }, 400);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.ariaBusy = null;
    for (const button of form.querySelectorAll("button")) {
        button.disabled = false;
        if (button.dataset.label) button.innerHTML = button.dataset.label;
    }
}));

// All rows of the page are ticked at once.
for (const head of document.querySelectorAll("[data-all]")) {
    const boxes = [...head.closest("table").querySelectorAll("tbody .tick input")];
    const all = document.createElement("input");
    const show = () => {
        const ticked = boxes.filter((box) => box.checked).length;
        all.checked = ticked === boxes.length;
        all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.type = "checkbox";
    all.setAttribute("aria-label", head.dataset.all);
    all.addEventListener("change", () => boxes.forEach((box) => box.checked = all.checked));
    head.closest("table").addEventListener("change", (event) => event.target === all || show());
    addEventListener("pageshow", show);
    head.replaceChildren(all);
}

// The code of a one-time link stands behind the # of its address, which no server and no log ever sees.
const code = document.querySelector("input[name=token]");
if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    // The other language keeps it: an answer that leads on keeps what stands behind the #.
    document.querySelector("form[action='/account/language/']").action += location.hash;
    history.replaceState(null, "", location.pathname);
    // The answer says whose it is.
    code.form.requestSubmit();
}

// What is shown to be taken along can be copied by a button.
for (const shown of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const isSpanish = document.documentElement.lang === "es";
    const button = document.createElement("button");
    const box = document.createElement("div");
    box.className = "secret";
    button.className = "quiet";
    button.type = "button";
    button.textContent = isSpanish ? "Copiar" : "Copy";
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(shown.value ?? shown.textContent);
        button.textContent = isSpanish ? "Copiado" : "Copied";
    });
    shown.addEventListener("focus", () => shown.select?.());
    shown.replaceWith(box);
    box.append(shown, button);
}

// And printed.
for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
}

// A page that shows a secret answers a form: reloaded, it is the page of what it belongs to, and nothing is done again.
const ticket = document.querySelector("[data-place]");
if (ticket) history.replaceState(null, "", ticket.dataset.place);

// A row is chosen while its name is typed: the field asks the list behind it, arrows and Enter choose.
for (const input of document.querySelectorAll("input[data-pick]")) {
    // By its name alone: `elements` would also find the field one types in, whose id it is.
    const number = input.form.querySelector(`[name="${input.name.replace(/\.text$/, "")}"]`);
    const was = input.form.elements[input.name.replace(/\.text$/, ".was")];
    const list = document.createElement("ul");
    let rows = [], place = -1, timer;
    list.className = "found";
    list.id = `${input.id}-found`;
    list.role = "listbox";
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    list.hidden = true;
    input.role = "combobox";
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.after(list);
    const point = (to) => {
        place = to;
        [...list.children].forEach((item, index) => item.setAttribute("aria-selected", index === place));
        if (place < 0) input.removeAttribute("aria-activedescendant");
        else input.setAttribute("aria-activedescendant", list.children[place].id);
    };
    const show = (found) => {
        rows = found;
        list.replaceChildren(...rows.map((row, index) => {
            const item = document.createElement("li");
            item.role = "option";
            item.id = `${list.id}-${index}`;
            item.textContent = row.title;
            item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
            return item;
        }));
        list.hidden = !rows.length;
        input.setAttribute("aria-expanded", !list.hidden);
        point(-1);
    };
    const choose = (index) => {
        number.value = rows[index].id;
        input.value = was.value = rows[index].title;
        show([]);
        number.dispatchEvent(new Event("change", { bubbles: true }));
    };
    show([]);
    input.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(async () => {
            const words = input.value.trim();
            const answer = words && await fetch(`${input.dataset.pick}?q=${encodeURIComponent(words)}`).catch(() => null);
            const found = answer?.ok ? await answer.json() : [];
            // Whoever has gone on to another field, or typed on, is not shown it.
            if (words === input.value.trim() && document.activeElement === input) show(found);
        }, 150);
    });
    input.addEventListener("keydown", (event) => {
        if (list.hidden) return;
        if (event.key === "ArrowDown") point((place + 1) % rows.length);
        else if (event.key === "ArrowUp") point((place + rows.length - 1) % rows.length);
        else if (event.key === "Enter" && place >= 0) choose(place);
        else if (event.key === "Escape") show([]);
        else return;
        event.preventDefault();
    });
    input.addEventListener("blur", () => show([]));
}

// "/" leads to the search over everything, unless somebody is writing.
const everywhere = document.querySelector("#everywhere");
addEventListener("keydown", (event) => {
    const isWriting = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (!everywhere || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting) return;
    event.preventDefault();
    everywhere.closest("details")?.setAttribute("open", "");
    everywhere.focus();
});

// A page without network says so in its own words (sw.js).
if (isSecureContext) addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
