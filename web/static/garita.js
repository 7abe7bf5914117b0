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

// A form that is on its way is not sent twice.
document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

// The code of a one-time link stands behind the # of its address, which no server and no log ever sees.
const code = document.querySelector("input[name=token]");
if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
}

// What is shown to be taken along can be copied by a button.
for (const input of document.querySelectorAll("input[data-copy]")) {
    if (!navigator.clipboard) break;
    const isSpanish = document.documentElement.lang === "es";
    const button = document.createElement("button");
    const box = document.createElement("div");
    box.className = "secret";
    button.className = "quiet";
    button.type = "button";
    button.textContent = isSpanish ? "Copiar" : "Copy";
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(input.value);
        button.textContent = isSpanish ? "Copiado" : "Copied";
    });
    input.addEventListener("focus", () => input.select());
    input.replaceWith(box);
    box.append(input, button);
}
